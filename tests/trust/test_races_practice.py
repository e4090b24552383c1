"""Two people agree at the same moment. Each race has its negative control: what would come of it otherwise."""

import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting import jobs
from commonplace.consenting.acts.deciding import _follows_the_rule
from commonplace.consenting.acts.lining_up import _must_still_wait
from commonplace.consenting.acts.objecting import _settles
from commonplace.consenting.acts.opening import _can_be_opened
from commonplace.consenting.acts.speaking import _can_be_taken
from commonplace.consenting.acts.withdrawing import _can_be_withdrawn
from commonplace.consenting.kinds import Ground, How, Outcome, Stand
from commonplace.consenting.models import InLine, Objection, Proposal
from commonplace.externalizing.models import Exchange, ExchangeCourse
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index
from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from commonplace.ledger.locking import lock
from commonplace.objectifying import acts
from commonplace.objectifying.acts.distilling import _comes_from_what_helped
from commonplace.objectifying.acts.revising import _can_be_rewritten
from commonplace.objectifying.models import Practice, Version
from tests.story import PARTS, Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
BOTH, ONE = ["done", "done"], ["NotPossible", "done"]
RETURNED = {"outcome": Outcome.RETURNED, "reason": "Not yet."}
OBJECT = {"stance": Stand.OBJECT, "reason": "It would flood the pit.", "ground": Ground.UNSAFE}


class Table:
    """Lea wrote a practice and opens rounds on it; Fay and Nour facilitate and have no part; all four may speak."""

    def __init__(self, story: Story) -> None:
        self.story, self.fay = story, story.facilitator
        self.nour = story.serving("Nour", RoleKind.FACILITATOR)
        self.lea, self.omar = story.member("Lea"), story.member("Omar")
        self.practice = story.distil(self.lea, story.resolved(self.omar, self.lea))
        story.apply(self.omar, self.practice)
        self.texts = 1

    def rewritten(self) -> Version:
        return acts.revise(self.lea, self.practice, version=self.text(), base=self.practice.newest_version)

    def text(self) -> Version:
        self.texts += 1
        return Version(**{**PARTS, "limits": f"Not before {self.texts}."})

    def opened(self) -> Proposal:
        return self.story.propose(self.lea, self.practice)

    def consented(self) -> Proposal:
        """Enough consent, and Omar has not spoken: until the close he may still object."""
        proposal = self.opened()
        for person in (self.fay, self.nour, self.lea):
            self.story.stand(person, proposal)
        return proposal

    def objected(self, proposal: Proposal) -> Objection:
        rounds.take_stance(self.omar, proposal, **OBJECT)
        return proposal.objections.standing().get()

    def returned(self, proposal: Proposal, by: Person, decide: Callable[..., object] = rounds.decide) -> object:
        with closed(proposal):
            return decide(by, proposal, **RETURNED)

    def accepted(self, proposal: Proposal, by: Person, decide: Callable[..., object] = rounds.decide) -> object:
        with closed(proposal):
            return decide(by, proposal, outcome=Outcome.ACCEPTED)

    def worked(self, proposal: Proposal) -> None:
        with closed(proposal):
            jobs.end_rounds()


def closed(proposal: Proposal) -> Any:
    return clock.at(proposal.closes_at + timedelta(hours=1))


def stored(proposal: Proposal) -> Proposal:
    """A copy of one's own, as the database has it."""
    return Proposal.objects.everywhere("test").get(pk=proposal.pk)


@pytest.fixture
def table(transactional_db: None, story: Story) -> Table:
    return Table(story)


def past(verb: str, guard: Callable[..., None], passed: threading.Barrier, *args: Any, **kwargs: Any) -> None:
    """Guard and write as the act has them, without the act around them."""
    guard(*args, **kwargs)
    passed.wait()
    write = registry.ACTS[verb].function
    assert write
    with writing():
        write(*args, **kwargs)


def accepted_against_an_objection(proposal: Proposal) -> bool:
    return stored(proposal).outcome == Outcome.ACCEPTED and proposal.objections.exists()


def test_nothing_is_accepted_against_an_objection(table: Table) -> None:
    """Said in the last moment, while somebody records the end."""
    for _ in range(ROUNDS):
        proposal = table.consented()
        came_of_it = collide(
            partial(table.accepted, proposal, table.fay), partial(rounds.take_stance, table.omar, proposal, **OBJECT)
        )
        assert came_of_it == ONE
        assert not accepted_against_an_objection(proposal)
        if stored(proposal).is_open:
            table.story.stand(table.omar, proposal)
        table.rewritten()


@pytest.mark.breaks_ledger
def test_without_the_lock_an_objection_would_be_passed_over(table: Table) -> None:
    proposal, passed = table.consented(), threading.Barrier(2)
    decide = partial(past, "proposal.decided", _follows_the_rule, passed)
    came_of_it = collide(
        partial(table.accepted, stored(proposal), table.fay, decide),
        partial(past, "proposal.stance", _can_be_taken, passed, table.omar, stored(proposal), **OBJECT),
    )
    assert came_of_it == BOTH
    assert accepted_against_an_objection(proposal)


def test_a_round_is_returned_once(table: Table) -> None:
    for number in range(ROUNDS):
        proposal = table.opened()
        assert collide(*(partial(table.returned, proposal, by) for by in (table.fay, table.nour))) == ONE
        assert recorded("proposal.decided", table.practice.pk) == number + 1


def test_the_worker_and_a_member_end_it_once(table: Table) -> None:
    """The worker finds it ended, and goes on."""
    for number in range(ROUNDS):
        proposal = table.consented()
        came_of_it = collide(partial(table.worked, proposal), partial(table.accepted, proposal, table.omar))
        assert came_of_it in (BOTH, ONE)
        assert recorded("proposal.decided", table.practice.pk) == number + 1
        assert table.practice.agreements.count() == number + 1
        assert table.practice.agreements.in_force().count() == 1
        table.rewritten()


def test_two_workers_end_it_once(table: Table) -> None:
    for number in range(ROUNDS):
        proposal = table.consented()
        assert collide(*[partial(table.worked, proposal)] * 2) == BOTH
        assert recorded("proposal.decided", table.practice.pk) == number + 1
        table.rewritten()


def test_the_last_two_speak_at_once_and_it_ends_once(table: Table) -> None:
    """Whoever comes second sees that all have spoken."""
    for number in range(ROUNDS):
        proposal = table.opened()
        for person in (table.nour, table.lea):
            table.story.stand(person, proposal)
        came_of_it = collide(
            *(partial(rounds.take_stance, by, proposal, stance=Stand.CONSENT) for by in (table.fay, table.omar))
        )
        assert came_of_it == BOTH
        assert recorded("proposal.decided", table.practice.pk) == number + 1
        table.rewritten()


@pytest.mark.breaks_ledger
def test_without_the_lock_a_round_would_be_decided_twice(table: Table) -> None:
    proposal = table.opened()
    calls = (partial(table.returned, stored(proposal), by) for by in (table.fay, table.nour))
    assert unlocked("proposal.decided", _follows_the_rule, *calls) == BOTH


TAKE_BACK = {"reason": "It needs another look."}


def test_what_is_accepted_is_not_withdrawn(table: Table) -> None:
    for _ in range(ROUNDS):
        proposal = table.consented()
        came_of_it = collide(
            partial(table.accepted, proposal, table.fay), partial(rounds.withdraw, table.lea, proposal, **TAKE_BACK)
        )
        assert came_of_it == ONE
        agreed = table.practice.agreements.filter(proposal=proposal.pk).exists()
        assert agreed is (stored(proposal).outcome == Outcome.ACCEPTED)
        table.rewritten()


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_both(table: Table) -> None:
    proposal, passed = table.consented(), threading.Barrier(2)
    decide = partial(past, "proposal.decided", _follows_the_rule, passed)
    came_of_it = collide(
        partial(table.accepted, stored(proposal), table.fay, decide),
        partial(past, "proposal.withdrawn", _can_be_withdrawn, passed, table.lea, stored(proposal), **TAKE_BACK),
    )
    assert came_of_it == BOTH
    assert table.practice.agreements.filter(proposal=proposal.pk).exists()


def proposing(table: Table) -> list[Callable[..., object]]:
    number = table.practice.newest_version.number
    return [
        lambda propose=rounds.propose, by=by: propose(by, table.practice, proposal=Proposal(number=number))
        for by in (table.lea, table.omar)
    ]


def test_one_round_is_opened(table: Table) -> None:
    for _ in range(ROUNDS):
        assert collide(*proposing(table)) == ONE
        table.returned(Proposal.objects.on(table.practice).open().everywhere("test").get(), table.fay)


@pytest.mark.breaks_ledger
def test_without_the_act_the_database_would_have_to_refuse_the_second_round(table: Table) -> None:
    assert unlocked("proposal.opened", _can_be_opened, *proposing(table)) == ["IntegrityError", "done"]


def test_what_one_writes_the_other_does_not_write_over(table: Table) -> None:
    for number in range(ROUNDS):
        mine, theirs, base = table.text(), table.text(), table.practice.newest_version
        came_of_it = collide(
            partial(acts.revise, table.lea, table.practice, version=mine, base=base),
            partial(acts.revise, table.omar, table.practice, version=theirs, base=base),
        )
        assert came_of_it == ONE
        assert table.practice.newest_version.number == number + 2


@pytest.mark.breaks_ledger
def test_without_the_act_two_versions_would_want_one_number(table: Table) -> None:
    mine, theirs, base = table.text(), table.text(), table.practice.newest_version
    came_of_it = unlocked(
        "practice.version_added",
        _can_be_rewritten,
        lambda revise: revise(table.lea, table.practice, version=mine, base=base),
        lambda revise: revise(table.omar, table.practice, version=theirs, base=base),
    )
    assert came_of_it == ["IntegrityError", "done"]


def settling(table: Table, objection: Objection) -> list[Callable[..., object]]:
    """Omar withdraws what he raised, in two windows."""

    def withdrawn(settle: Callable[..., object] = rounds.settle_objection) -> object:
        mine = Objection.objects.visible_to(table.omar).get(pk=objection.pk)
        return settle(table.omar, mine, how=How.WITHDRAWN)

    return [withdrawn, withdrawn]


def test_an_objection_is_settled_once(table: Table) -> None:
    proposal = table.opened()
    for number in range(ROUNDS):
        objection = table.objected(proposal)
        assert collide(*settling(table, objection)) == ONE
        assert recorded("proposal.objection_resolved", table.practice.pk) == number + 1
        assert proposal.objections.standing().count() == 0
        table.story.stand(table.omar, proposal, Stand.CONCERN, f"{number}")


@pytest.mark.breaks_ledger
def test_without_the_lock_two_would_settle_it(table: Table) -> None:
    both = settling(table, table.objected(table.opened()))
    assert unlocked("proposal.objection_resolved", _settles, *both) == BOTH


def resolved(table: Table) -> Exchange:
    """Not indexed yet."""
    exchange = table.story.resolved(table.omar, table.lea)
    Document.objects.filter(subject=exchange.pk).everywhere("test").delete()
    return exchange


def distil(by: Person, exchange: Exchange, distil: Callable[..., Any] = acts.distil) -> Any:
    row, version = Practice(title="Restarting"), Version(**PARTS)
    return distil(by, exchange.community, practice=row, version=version, exchanges=[exchange])


def test_two_distil_from_one_exchange_while_it_is_first_indexed(table: Table) -> None:
    for _ in range(ROUNDS):
        exchange = resolved(table)
        came_of_it = collide(
            partial(distil, table.lea, exchange),
            partial(distil, table.omar, exchange),
            partial(index.index_many, "exchange", [exchange.pk]),
        )
        assert came_of_it == ["done", "done", "done"]
        assert exchange.distilled_into.count() == 2
        assert Document.objects.filter(subject=exchange.pk).everywhere("test").count() == 1


def taken_back(exchange: Exchange) -> bool:
    """What helped is taken back, as an act would, under the exchange's lock. Was a practice there by then?"""
    with transaction.atomic(), writing():
        lock([exchange])
        exchange.confirmations.all().delete()
        ExchangeCourse.objects.filter(exchange=exchange).everywhere("test").update(status="answered")
        return exchange.distilled_into.exists()


@pytest.mark.breaks_ledger
def test_nothing_is_distilled_from_what_does_not_help_any_more(table: Table) -> None:
    for _ in range(ROUNDS):
        exchange, there = resolved(table), list[bool]()
        came_of_it = collide(
            partial(distil, table.lea, exchange),
            lambda exchange=exchange, there=there: there.append(taken_back(exchange)),
        )
        assert came_of_it == (BOTH if there == [True] else ONE)
        assert exchange.distilled_into.exists() is there[0]


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_distilled_all_the_same(table: Table) -> None:
    exchange, passed, back = resolved(table), threading.Barrier(2), threading.Event()

    def guard(*args: Any, **kwargs: Any) -> None:
        _comes_from_what_helped(*args, **kwargs)
        passed.wait()
        back.wait()

    def take_back() -> None:
        passed.wait()
        assert not taken_back(exchange)
        back.set()

    alone = partial(past, "practice.distilled", guard, threading.Barrier(1))
    assert collide(lambda: distil(table.lea, exchange, alone), take_back) == BOTH
    assert exchange.distilled_into.exists()


class Line:
    """Omar's next version waits while Lea's round is open."""

    def __init__(self, table: Table) -> None:
        self.table, self.proposal = table, table.opened()
        table.rewritten()
        put = Proposal(number=table.practice.versions.latest("number").number)
        self.row = rounds.line_up(table.omar, table.practice, proposal=put)

    def cut_short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The round is over, and the worker was killed before the next one's turn."""
        with monkeypatch.context() as patched:
            patched.setattr(jobs, "take_its_turn", lambda row: None)
            rounds.withdraw(self.table.lea, self.proposal, **TAKE_BACK)

    @property
    def end(self) -> str:
        return InLine.objects.everywhere("test").get(pk=self.row.pk).end

    def over(self) -> None:
        for one in Proposal.objects.on(self.table.practice).open().everywhere("test"):
            rounds.withdraw(one.opened_by, one, **TAKE_BACK)


def test_what_waits_is_opened_once_by_two_workers(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(ROUNDS):
        line = Line(table)
        line.cut_short(monkeypatch)
        assert collide(jobs.open_all_next, jobs.open_all_next) == BOTH
        assert line.end == "opened"
        assert recorded("proposal.opened", table.practice.pk) == 2 * (number + 1)
        line.over()


def test_it_is_opened_or_taken_back(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(ROUNDS):
        line = Line(table)
        line.cut_short(monkeypatch)
        came_of_it = collide(jobs.open_all_next, partial(rounds.step_out, table.omar, line.row))
        is_open = Proposal.objects.on(table.practice).open().everywhere("test").exists()
        assert (came_of_it, is_open) == ((ONE, True) if line.end == "opened" else (BOTH, False))
        line.over()


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_open_though_it_was_taken_back(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the database would have to refuse it."""
    line, passed = Line(table), threading.Barrier(2)
    line.cut_short(monkeypatch)
    row = InLine.objects.everywhere("test").get(pk=line.row.pk)
    open_it = partial(past, "proposal.opened", _can_be_opened, passed, table.omar, table.practice, proposal=row.put())
    assert collide(open_it, partial(past, "proposal.line_left", _must_still_wait, passed, table.omar, row)) != ONE
    assert Proposal.objects.on(table.practice).open().everywhere("test").exists()
