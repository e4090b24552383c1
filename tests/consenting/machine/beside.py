"""Beside the practice: the rule of the community is changed, a member is removed, by rounds of their own; and what a
round with hidden stances shows to whoever reads it."""

from dataclasses import asdict

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from commonplace.communities.models import Membership
from commonplace.consenting import acts
from commonplace.consenting.kinds import Kind, Outcome, Stand
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from tests.consenting.machine.heard import Heard, Rule
from tests.consenting.machine.objections import Objections
from tests.consenting.machine.people import who, whoever_goes

silent = st.sets(who, max_size=2)
MOST = 2  # Of each, by one example: the practice goes on beside.


class Beside(Objections):
    charters = removals = 0

    @precondition(lambda self: Kind.CHARTER not in self.open and self.charters < MOST)
    @rule(
        name=who,
        silent=silent,
        quorum=st.sampled_from([None, 2, 4, 5]),
        hidden=st.booleans(),
        days=st.sampled_from([3, 14]),
    )
    def the_rule_is_changed(self, name: str, silent: set[str], quorum: int | None, hidden: bool, days: int) -> None:
        """Or is to be, while somebody is silent."""
        changes = Rule(quorum, hidden, days)
        with self.attempt():
            draft = acts.draft_rule(self.people[name], self.crew.community, **asdict(changes))
            put = Proposal(matter=Kind.CHARTER, number=draft.number)
            proposal = acts.propose(self.people[name], self.crew.community, proposal=put)
            self.charters += 1
            self._all_agree(self.begun(name, proposal, {name}, changes=changes), silent)

    @precondition(lambda self: Kind.REMOVAL not in self.open and self.removals < MOST)
    @rule(by=who, name=whoever_goes, silent=silent)
    def somebody_is_removed(self, by: str, name: str, silent: set[str]) -> None:
        """Or is to be, while somebody is silent."""
        here = Membership.objects.filter(person=self.people[name], community=self.crew.community).current()
        membership = here.everywhere("test").first()
        with self.attempt():
            if membership:
                put = Proposal(matter=Kind.REMOVAL, about=membership.pk, number=1, aim="Threats.")
                proposal = acts.propose(self.people[by], self.crew.community, proposal=put)
                assert by != name
                self.removals += 1
                self._all_agree(self.begun(by, proposal, set(), concerned=name), silent)

    def _all_agree(self, heard: Heard, silent: set[str]) -> None:
        self.speak_in(heard, dict.fromkeys(sorted(heard.asked.keys() - silent), Stand.CONSENT))
        with self.attempt():
            acts.decide(self.people[heard.opener], heard.row, outcome=Outcome.ACCEPTED)

    @precondition(lambda self: any(one.hidden and self.moment < one.ends_at for one in self.open.values()))
    @rule(name=who)
    def somebody_reads(self, name: str) -> None:
        """Until the close only who has spoken is told, and what one said oneself."""
        heard = next(one for one in self.open.values() if one.hidden and self.moment < one.ends_at)
        with clock.at(self.moment):
            seen = self.crew.story.browser(self.people[name]).get(heard.row.get_absolute_url()).content.decode()
        assert "have spoken" in seen or "has spoken" in seen or name not in self.here()
        shown = {person for person, reason in heard.reasons.items() if reason and reason in seen}
        assert shown <= {name}
        for one in heard.unsettled.values():
            if one.person == name and one.said_met and one.seen_at is None:
                one.said_met = (one.said_met[0], self.moment)
