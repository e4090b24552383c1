"""The table of states: every cell is allowed or refused with a reason, and what happens is what the table says."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from commonplace.communities.decision_rule import quorum
from commonplace.communities.models import Charter
from commonplace.ledger import clock, registry
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts, moves
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.diagram import page
from commonplace.objectifying.models import How, Practice
from commonplace.objectifying.status import Matter, Outcome, Status
from tests.objectifying.conftest import Crew

ACTS = sorted({move.act for move in moves.MOVES})
CELLS = [(move.act, move.case, status) for move in moves.MOVES for status in Status if move.act != "practice.distilled"]


def the(crew: Crew, status: Status) -> Practice:
    """A practice in this status, with an open round where the status has one."""
    ways: dict[Status, Callable[[], Practice]] = {
        Status.EXTERNALIZED: lambda: crew.written(limits=""),
        Status.CANDIDATE: crew.candidate,
        Status.PROPOSED: lambda: crew.proposed().practice,
        Status.ACCEPTED: crew.accepted,
        Status.CONTESTED: lambda: crew.challenged().practice,
        Status.UNDER_REVISION: lambda: crew.settled(Outcome.UNDER_REVISION),
        Status.NOT_ACCEPTED: crew.refused,
        Status.RETIRED: lambda: crew.settled(Outcome.RETIRED),
    }
    return ways[status]()


@pytest.mark.parametrize("status", Status)
def test_every_status_is_reached_through_the_acts(crew: Crew, status: Status) -> None:
    assert crew.status(the(crew, status)) == status


@pytest.mark.parametrize(("act", "case", "status"), CELLS)
def test_every_cell_is_allowed_or_refused_with_a_reason(act: str, case: str, status: Status) -> None:
    reason = moves.refusal(act, status, case)
    assert bool(moves.leads_to(act, status, case)) is (reason is None)
    assert reason is None or len(reason) > 20


def who_does(act: str) -> set[str]:
    """Of a consequence, those who do what it follows from."""
    declared = registry.ACTS[act]
    return {declared.who.who} if declared.who else {who for verb in declared.of for who in who_does(verb)}


@pytest.mark.parametrize("act", ACTS)
def test_the_table_and_the_acts_name_the_same_people(act: str) -> None:
    assert {move.who for move in moves.moves(act)} == who_does(act)


def test_every_act_of_objectifying_is_in_the_table() -> None:
    here = {declared.verb for declared in registry.ACTS.values() if "objectifying" in declared.evidence.__module__}
    assert here == set(ACTS)


def tries(crew: Crew, act: str, case: str, practice: Practice) -> None:
    """Does the act with everything it needs but the status."""
    proposal = practice.proposals.open().first() or practice.proposals.first()
    if act.startswith("proposal.") and act != "proposal.opened" and proposal is None:
        raise NotPossible("There is no round to act in.")
    newest = practice.versions.latest("number")
    if act == "practice.version_added":
        crew.story.revise(crew.ines, practice, limits="Only there.")
    elif act == "practice.steward_set":
        acts.set_steward(crew.ines, practice, steward=crew.ines)
    elif act == "challenge.raised":
        crew.challenged(practice, by=crew.omar)
    elif case == Matter.ACCEPTANCE:
        if crew.status(practice) in (Status.ACCEPTED, Status.UNDER_REVISION):
            crew.story.revise(crew.ines, practice, limits="Only there.")
        crew.proposed(practice)
    elif case == Matter.SETTLEMENT:
        proposed = {"challenge": practice.challenges.first() or crew.challenged(), "proposed_outcome": Outcome.UPHELD}
        crew.story.propose(crew.lea, practice, version=newest, **proposed)
    elif act == "proposal.stance":
        crew.story.stand(crew.ines, proposal)
    elif act == "proposal.objection_raised":
        acts.take_stance(crew.ines, proposal, stance=Stand.OBJECT, reason="Unsafe.")
    elif act == "proposal.amended":
        newer = (
            crew.story.revise(crew.ines, practice, limits="Only there.") if proposal and proposal.is_open else newest
        )
        acts.amend(crew.lea, proposal, version=newer)
    elif act == "proposal.objection_resolved":
        crew.story.stand(crew.ines, proposal, Stand.OBJECT, "Unsafe.")
        acts.settle_objection(crew.ines, proposal.objections.standing().get(), how=How.WITHDRAWN)
    elif act == "proposal.decided":
        crew.decided(crew.consented(proposal) if case == Outcome.ACCEPTED else proposal, Outcome(case))


def has_its_own_test(act: str, case: str, status: Status) -> bool:
    """Nested acts, words without quotes, and a settlement round's own outcomes: test_challenge, test_distil."""
    in_settlement = status == Status.CONTESTED and (act == "proposal.amended" or case in tuple(Outcome))
    return act in ("practice.words_refused", "challenge.settled") or in_settlement


def with_a_round(crew: Crew, practice: Practice, status: Status) -> None:
    """What is accepted or contested may have one."""
    if status == Status.CONTESTED:
        crew.settlement(Outcome.UPHELD, practice.challenges.open().get())
    elif status == Status.ACCEPTED:
        crew.story.revise(crew.omar, practice, limits="Elsewhere.")
        crew.proposed(practice)


def goes_by_the_table(crew: Crew, practice: Practice, act: str, case: str, status: Status) -> bool:
    if act.startswith("proposal.") and act != "proposal.opened":
        with_a_round(crew, practice, status)
    if not moves.refusal(act, status, case):
        tries(crew, act, case, practice)
        return crew.status(practice) in moves.leads_to(act, status, case)
    with pytest.raises(NotPossible):
        tries(crew, act, case, practice)
    return crew.status(practice) == status


@pytest.mark.parametrize("status", Status)
def test_the_acts_do_what_the_table_says(crew: Crew, status: Status) -> None:
    practice = the(crew, status)
    surprises = []
    for act, case, _status in [cell for cell in CELLS if cell[2] == status and not has_its_own_test(*cell)]:
        with clock.at(clock.now() + timedelta(minutes=5)), transaction.atomic():
            if not goes_by_the_table(crew, practice, act, case, status):
                surprises.append((act, case))
            transaction.set_rollback(True)
    assert surprises == []


@pytest.mark.parametrize(
    ("own", "core_and_active", "needed"),
    [(None, 0, 3), (None, 10, 3), (None, 11, 4), (None, 20, 6), (None, 24, 8), (5, 100, 5), (0, 100, 1)],
)
def test_the_quorum_is_the_charters_or_the_rules(own: int | None, core_and_active: int, needed: int) -> None:
    assert quorum(Charter(quorum=own), core_and_active) == needed


def test_the_documentation_shows_the_table_as_it_is() -> None:
    document = Path(__file__).parents[2] / "docs/developer/practice-states.md"
    assert document.read_text() == page(), (
        "run: python -m commonplace.objectifying.diagram > docs/developer/practice-states.md"
    )
