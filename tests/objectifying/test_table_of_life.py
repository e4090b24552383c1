"""What the table of moves says of the life of what is agreed is what the acts do, in every status."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from commonplace.consenting.kinds import Kind
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, moves
from commonplace.objectifying.models import PARTS, Agreement, Challenge, MinorEdit, Practice, Review, Version
from commonplace.objectifying.reviewing import why_due
from commonplace.objectifying.status import Due, Settled, Status
from tests.objectifying.conftest import Crew


def aside(crew: Crew) -> Practice:
    practice = crew.candidate()
    acts.set_aside(crew.lea, practice, reason="Nobody has the time.")
    return practice


def replaced(crew: Crew) -> Practice:
    practice = crew.candidate()
    acts.replace_practice(crew.lea, practice, replacement=crew.candidate(title="Another"), reason="The same.")
    return practice


WAYS: dict[Status, Callable[[Crew], Practice]] = {
    Status.EXTERNALIZED: lambda crew: crew.written(limits=""),
    Status.CANDIDATE: lambda crew: crew.candidate(),
    Status.BROUGHT: lambda crew: crew.brought(),
    Status.PROPOSED: lambda crew: crew.practice_of(crew.proposed()),
    Status.ACCEPTED: lambda crew: crew.accepted(),
    Status.CONTESTED: lambda crew: crew.challenged().practice,
    Status.UNDER_REVISION: lambda crew: crew.settled(Settled.UNDER_REVISION),
    Status.NOT_ACCEPTED: lambda crew: crew.refused(),
    Status.SET_ASIDE: aside,
    Status.REPLACED: replaced,
    Status.RETIRED: lambda crew: crew.settled(Settled.RETIRED),
}


def fresh(practice: Practice) -> Practice:
    return Practice.objects.everywhere("test").get(pk=practice.pk)


def the_challenge(practice: Practice) -> Challenge:
    challenge = practice.challenges.open().first()
    if challenge is None:
        raise NotPossible("Nobody has challenged it.")
    return challenge


def the_agreement(practice: Practice) -> Agreement:
    agreement = practice.agreements.order_by("-since").first()
    if agreement is None:
        raise NotPossible("It was never agreed on.")
    return agreement


def a_review(crew: Crew, practice: Practice) -> Review:
    agreement = the_agreement(practice)
    return acts.open_review(WORKER, agreement, why=why_due(agreement) or Due.DAY)


def an_edit(crew: Crew, practice: Practice) -> MinorEdit:
    base = fresh(practice).newest_version
    words = {part: getattr(base, part) for part in PARTS} | {"why": f"{base.why} So."}
    return acts.revise(crew.lea, practice, version=Version(**words), base=base, minor=True).minor_edit


def agree(crew: Crew, practice: Practice) -> None:
    edit = an_edit(crew, practice)
    acts.find_fine(crew.ines, edit)
    with clock.at(clock.now() + timedelta(days=8)):
        acts.agree_on_edit(WORKER, edit)


def retire(crew: Crew, practice: Practice) -> None:
    number = fresh(practice).course.last_agreed or fresh(practice).course.latest
    crew.story.propose(crew.lea, practice, matter=Kind.RETIREMENT, number=number, aim="The pumps are gone.")


def in_time(crew: Crew, practice: Practice) -> None:
    acts.settle_in_time(WORKER, the_challenge(practice))


TRIES: dict[tuple[str, str], Callable[[Crew, Practice], object]] = {
    ("practice.version_added", ""): lambda crew, one: crew.story.revise(crew.ines, one, limits="Only there."),
    ("practice.credited", ""): lambda crew, one: acts.credit(crew.lea, one, authors=[crew.lea], contributors=[]),
    ("practice.set_aside", ""): lambda crew, one: acts.set_aside(crew.fay, one, reason="Enough."),
    ("practice.replaced", moves.DUPLICATE): lambda crew, one: acts.replace_practice(
        crew.fay, one, replacement=crew.candidate(title="The same"), reason="The same."
    ),
    ("practice.minor_fine", ""): lambda crew, one: acts.find_fine(crew.ines, an_edit(crew, one)),
    ("practice.minor_taken_back", ""): lambda crew, one: acts.take_back_edit(crew.lea, an_edit(crew, one)),
    ("practice.minor_agreed", ""): agree,
    ("proposal.opened", Kind.RETIREMENT): retire,
    ("challenge.raised", ""): lambda crew, one: crew.challenged(one, by=crew.omar),
    ("challenge.taken_back", ""): lambda crew, one: acts.take_back_challenge(crew.ines, the_challenge(one)),
    ("challenge.settled", Settled.UNSETTLED): in_time,
    ("review.due", ""): a_review,
    ("review.reaffirmed", ""): lambda crew, one: acts.reaffirm(crew.ines, a_review(crew, one)),
}


@pytest.mark.parametrize("status", Status)
def test_the_acts_do_what_the_table_says(crew: Crew, status: Status) -> None:
    practice = WAYS[status](crew)
    assert crew.status(practice) == status
    surprises = []
    for (act, case), tried in TRIES.items():
        allowed = moves.refusal(act, status, case) is None
        with clock.at(clock.now() + timedelta(days=400)), transaction.atomic():
            try:
                tried(crew, fresh(practice))
                happened = crew.status(practice) in moves.leads_to(act, status, case)
            except NotPossible:
                happened = False
            transaction.set_rollback(True)
        if happened is not allowed:
            surprises.append((act, case))
    assert surprises == []


@pytest.mark.parametrize(
    "move", [move for move in moves.MOVES if None not in move.paths], ids=lambda move: f"{move.act} {move.case}"
)
def test_every_refusal_has_a_reason(move: moves.Move) -> None:
    for status in Status:
        reason = moves.refusal(move.act, status, move.case)
        assert bool(moves.leads_to(move.act, status, move.case)) is (reason is None)
        assert reason is None or len(reason) > 20
