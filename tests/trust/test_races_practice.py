"""Two people agree at the same moment. Each race has its negative control: what would come of it otherwise."""

import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction

from commonplace.communities.models import Person, RoleKind
from commonplace.externalizing.models import Exchange, ExchangeCourse
from commonplace.internalizing.models import Document
from commonplace.internalizing.search import index
from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from commonplace.ledger.locking import lock
from commonplace.objectifying import acts
from commonplace.objectifying.acts.deciding import _follows_the_rule
from commonplace.objectifying.acts.distilling import _comes_from_what_helped
from commonplace.objectifying.acts.objecting import _settles
from commonplace.objectifying.acts.proposing import _can_be_opened
from commonplace.objectifying.acts.revising import _can_be_rewritten
from commonplace.objectifying.acts.speaking import _can_be_taken
from commonplace.objectifying.consent import How, Stand
from commonplace.objectifying.models import Objection, Practice, Proposal, Version
from commonplace.objectifying.status import Outcome
from tests.story import PARTS, Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
BOTH, ONE = ["done", "done"], ["NotPossible", "done"]
RETURNED = {"outcome": Outcome.RETURNED, "reason": "Not yet."}


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
        return acts.revise(self.lea, self.practice, version=self.text())

    def text(self) -> Version:
        self.texts += 1
        return Version(**{**PARTS, "limits": f"Not before {self.texts}."})

    def opened(self) -> Proposal:
        return self.story.propose(self.lea, self.practice)

    def consented(self) -> Proposal:
        """All have spoken: it can be decided; and until it is, one of them may still object."""
        proposal = self.opened()
        for person in (self.fay, self.nour, self.lea, self.omar):
            self.story.stand(person, proposal)
        return proposal

    def objected(self, proposal: Proposal) -> Objection:
        self.story.stand(self.omar, proposal, Stand.OBJECT, "It would flood the pit.")
        return proposal.objections.standing().get()

    def returned(self, proposal: Proposal, by: Person, decide: Callable[..., object] = acts.decide) -> object:
        with clock.at(proposal.closes_at + timedelta(hours=1)):
            return decide(by, proposal, **RETURNED)


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
    proposal.refresh_from_db()
    return proposal.outcome == Outcome.ACCEPTED and proposal.objections.standing().exists()


OBJECT = {"stance": Stand.OBJECT, "reason": "It would flood the pit."}


def test_nothing_is_accepted_against_an_objection(table: Table) -> None:
    for _ in range(ROUNDS):
        proposal = table.consented()
        came_of_it = collide(
            partial(acts.decide, table.fay, proposal, outcome=Outcome.ACCEPTED),
            partial(acts.take_stance, table.omar, proposal, **OBJECT),
        )
        assert came_of_it == ONE
        assert not accepted_against_an_objection(proposal)
        if proposal.is_open:
            table.returned(proposal, table.nour)
        table.rewritten()


@pytest.mark.breaks_ledger
def test_without_the_lock_an_objection_would_be_passed_over(table: Table) -> None:
    proposal, passed = table.consented(), threading.Barrier(2)
    came_of_it = collide(
        partial(past, "proposal.decided", _follows_the_rule, passed, table.fay, proposal, outcome=Outcome.ACCEPTED),
        partial(past, "proposal.stance", _can_be_taken, passed, table.omar, proposal, **OBJECT),
    )
    assert came_of_it == BOTH
    assert accepted_against_an_objection(proposal)


def test_a_round_is_decided_once(table: Table) -> None:
    for number in range(ROUNDS):
        proposal = table.opened()
        assert collide(*(partial(table.returned, proposal, by) for by in (table.fay, table.nour))) == ONE
        assert recorded("proposal.decided", table.practice.pk) == number + 1


def test_a_version_is_agreed_on_once(table: Table) -> None:
    for number in range(ROUNDS):
        proposal = table.consented()
        accept = {"outcome": Outcome.ACCEPTED}
        assert collide(*(partial(acts.decide, by, proposal, **accept) for by in (table.fay, table.nour))) == ONE
        assert table.practice.agreements.count() == number + 1
        assert table.practice.agreements.in_force().count() == 1
        table.rewritten()


@pytest.mark.breaks_ledger
def test_without_the_lock_a_round_would_be_decided_twice(table: Table) -> None:
    proposal = table.opened()
    mine, theirs = (Proposal.objects.visible_to(table.fay).get(pk=proposal.pk) for _ in range(2))
    came_of_it = unlocked(
        "proposal.decided",
        _follows_the_rule,
        partial(table.returned, mine, table.fay),
        partial(table.returned, theirs, table.nour),
    )
    assert came_of_it == BOTH


def test_one_round_is_opened(table: Table) -> None:
    for _ in range(ROUNDS):
        version = table.practice.newest_version
        came_of_it = collide(
            *(
                partial(acts.propose, by, table.practice, proposal=Proposal(version=version))
                for by in (table.lea, table.omar)
            )
        )
        assert came_of_it == ONE
        table.returned(table.practice.proposals.open().get(), table.fay)


@pytest.mark.breaks_ledger
def test_without_the_act_the_database_would_have_to_refuse_the_second_round(table: Table) -> None:
    version = table.practice.newest_version
    came_of_it = unlocked(
        "proposal.opened",
        _can_be_opened,
        lambda propose: propose(table.lea, table.practice, proposal=Proposal(version=version)),
        lambda propose: propose(table.omar, table.practice, proposal=Proposal(version=version)),
    )
    assert came_of_it == ["IntegrityError", "done"]


def test_two_versions_have_two_numbers(table: Table) -> None:
    for _ in range(ROUNDS):
        mine, theirs = table.text(), table.text()
        came_of_it = collide(
            partial(acts.revise, table.lea, table.practice, version=mine),
            partial(acts.revise, table.omar, table.practice, version=theirs),
        )
        assert came_of_it == BOTH
    numbers = list(table.practice.versions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 2 * ROUNDS + 2))


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
def test_without_the_act_two_versions_would_want_one_number(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, theirs, read = table.text(), table.text(), threading.Barrier(2)
    newest = Practice.newest_version.fget

    def reading(practice: Practice) -> Version:
        version = newest(practice)
        read.wait()
        return version

    monkeypatch.setattr(Practice, "newest_version", property(reading))
    came_of_it = unlocked(
        "practice.version_added",
        _can_be_rewritten,
        lambda revise: revise(table.lea, table.practice, version=mine),
        lambda revise: revise(table.omar, table.practice, version=theirs),
    )
    assert came_of_it == ["IntegrityError", "done"]


def settling(table: Table, objection: Objection, version: Version) -> Iterable[Callable[..., object]]:
    """Omar withdraws what he raised; a facilitator says that a newer version meets it."""

    def both(settle: Callable[..., object], number: int) -> object:
        mine = Objection.objects.visible_to(table.omar).get(pk=objection.pk)
        if number:
            return settle(table.omar, mine, how=How.WITHDRAWN)
        return settle(table.fay, mine, how=How.CHANGE, version=version)

    return (lambda settle=acts.settle_objection, number=number: both(settle, number) for number in range(2))


def test_an_objection_is_settled_once(table: Table) -> None:
    proposal = table.opened()
    for number in range(ROUNDS):
        objection, version = table.objected(proposal), table.rewritten()
        assert collide(*settling(table, objection, version)) == ONE
        assert recorded("proposal.objection_resolved", table.practice.pk) == number + 1
        proposal.refresh_from_db()
        assert proposal.objections.standing().count() == 0
        table.story.stand(table.omar, proposal, Stand.CONCERN, f"{number}")


@pytest.mark.breaks_ledger
def test_without_the_lock_two_would_settle_it(table: Table) -> None:
    objection, version = table.objected(table.opened()), table.rewritten()
    both = settling(table, objection, version)
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
