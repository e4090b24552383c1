"""Six people of two units come, go, serve, sponsor, say of which unit they are; time passes. Rounds go on beside."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from commonplace.communities import acts as social
from commonplace.communities.models import Membership, Person, Role, RoleKind
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.consenting.machine.heard import HERE, LEFT, REMOVED, Heard, Roll, Rule
from tests.objectifying.conftest import Crew

UNIT = {"lea": "North", "ines": "North", "nour": "North", "omar": "South", "fay": "South", "kim": "South"}
NAMES = tuple(UNIT)
GO = tuple(name for name in NAMES if name != "fay")  # A community is never without a facilitator.
who = st.sampled_from(NAMES)
whoever_goes = st.sampled_from(GO)
DAY = timedelta(days=1)
LONG = 40 * DAY  # Longer than any round and its answers.


class People(RuleBasedStateMachine):
    """Real people, rows and ledger; each example is rolled back."""

    def __init__(self, crew: Crew, ends: Counter[str]) -> None:
        super().__init__()
        self.crew, self.ends, self.around = crew, ends, ExitStack()
        self.around.enter_context(transaction.atomic())
        self.moment = crew.moment + timedelta(seconds=1)  # Nothing is done at the second at which a round closes.
        self.people: dict[str, Person] = {name: getattr(crew, name) for name in NAMES}
        self.names = {person.pk: name for name, person in self.people.items()}
        self.units = {name: crew.story.unit(name) for name in ("North", "South")}
        self.roll, self.charter = Roll(dict(UNIT)), Rule()
        self.open: dict[Kind, Heard] = {}

    def teardown(self) -> None:
        """However it was left, every round has ended by then."""
        try:
            self.moment += LONG
            self.all_end()
            assert list(findings()) == []
        finally:
            transaction.set_rollback(True)
            self.around.close()

    def all_end(self) -> None:
        raise NotImplementedError

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A minute later; whoever may not, or cannot, does nothing."""
        self.moment += timedelta(minutes=1)
        with clock.at(self.moment), suppress(NotAllowed, NotPossible):
            yield

    def here(self) -> set[str]:
        return self.roll.those(HERE, self.moment)

    def now(self, heard: Heard) -> Proposal:
        return Proposal.objects.everywhere("test").get(pk=heard.row.pk)

    @rule(days=st.sampled_from([1, 3]))
    def time_passes(self, days: int) -> None:
        self.moment += days * DAY

    @rule(name=whoever_goes)
    def leaves_or_comes_back(self, name: str) -> None:
        """Whoever was removed asks first."""
        person, how = self.people[name], self.roll.how(name, self.moment)
        with self.attempt():
            if how == HERE:
                social.leave(person, self.crew.community)
            elif how == LEFT:
                social.join(person, self.crew.community)
            else:
                self._asks_to_come_back(person)
            self.roll.goes(name, LEFT if how == HERE else HERE, self.moment)

    def _asks_to_come_back(self, person: Person) -> None:
        asked = social.ask_to_join(person, self.crew.community, words="Again?")
        social.answer_request(self.people["fay"], asked, admitted=True)

    def removed(self, name: str, at: datetime) -> None:
        """A round said so."""
        self.roll.goes(name, REMOVED, at)
        last = Membership.objects.filter(person=self.people[name]).everywhere("test").latest("joined_at")
        assert (last.removed, last.left_at) == (True, self.roll.since(name))

    @rule(name=st.sampled_from(["ines", "kim", "omar"]), kind=st.sampled_from([RoleKind.FACILITATOR, RoleKind.SPONSOR]))
    def is_given_a_role_or_it_ends(self, name: str, kind: RoleKind) -> None:
        person = self.people[name]
        with self.attempt():
            held = Role.objects.filter(person=person).current().everywhere("test").first()
            if held:
                social.end_role(person, held)
                self.roll.sponsors.discard(name)
            else:
                self.crew.story.granted(person, kind)
                self.roll.sponsors |= {name} if kind == RoleKind.SPONSOR else set()

    @rule(name=who, unit=st.sampled_from(["North", "South", ""]))
    def changes_unit(self, name: str, unit: str) -> None:
        with self.attempt():
            social.edit_profile(self.people[name], self.people[name], unit=self.units[unit] if unit else None)
            self.roll.unit[name] = unit

    def all_are_as_at_first(self) -> None:
        """In the community, and three of each unit."""
        for name in GO:
            if name not in self.here():
                self.leaves_or_comes_back(name)
        for name, unit in UNIT.items():
            if self.roll.unit[name] != unit:
                self.changes_unit(name, unit)
