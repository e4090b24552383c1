"""The table of states: every cell is allowed or refused with a reason, and what happens is what the table says."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import How, Kind, Outcome
from commonplace.consenting.models import Objection, Proposal, Question
from commonplace.ledger import clock, registry
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import acts, moves
from commonplace.objectifying.audience import NEWCOMERS
from commonplace.objectifying.diagram import page
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import Settled, Status
from tests.objectifying.conftest import Crew
from tests.objectifying.test_table_of_life import aside, replaced

ACTS = sorted({move.act for move in moves.MOVES})
BEGIN = ("practice.distilled", "practice.brought")
CELLS = [(move.act, move.case, status) for move in moves.MOVES for status in Status if move.act not in BEGIN]
OF_ITS_END = (Status.BROUGHT, Status.UNDER_REVISION, Status.REPLACED)
OWN_TESTS = (
    *("practice.words_refused", "challenge.settled", "proposal.line_left"),
    "practice.backed",
    # test_table_of_life, and of what only follows test_put_away and test_review
    *("practice.credited", "practice.set_aside", "practice.replaced", "practice.retired"),
    *("challenge.shared", "challenge.taken_back"),
    *("practice.minor_fine", "practice.minor_taken_back", "practice.minor_agreed"),
    *("review.due", "review.reaffirmed", "review.done"),
)


def retired(crew: Crew) -> Practice:
    """With a round on a revision still open, and a newer text than that."""
    practice = crew.accepted()
    crew.story.revise(crew.lea, practice, how="Otherwise.")
    crew.proposed(practice)
    crew.story.revise(crew.lea, practice, how="Quite otherwise.")
    return crew.settled(Settled.RETIRED, crew.challenged(practice))


def the(crew: Crew, status: Status) -> Practice:
    """A practice in this status, with an open round where the status has one."""
    ways: dict[Status, Callable[[], Practice]] = {
        Status.EXTERNALIZED: lambda: crew.written(limits=""),
        Status.CANDIDATE: crew.candidate,
        Status.BROUGHT: crew.backed,
        Status.PROPOSED: lambda: crew.practice_of(crew.proposed()),
        Status.ACCEPTED: crew.accepted,
        Status.CONTESTED: lambda: crew.challenged().practice,
        Status.UNDER_REVISION: lambda: crew.settled(Settled.UNDER_REVISION),
        Status.NOT_ACCEPTED: crew.refused,
        Status.SET_ASIDE: lambda: aside(crew),
        Status.REPLACED: lambda: replaced(crew),
        Status.RETIRED: lambda: retired(crew),
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


def of_objectifying(verb: str) -> bool:
    return "objectifying" in registry.ACTS[verb].evidence.__module__


@pytest.mark.parametrize("act", [act for act in ACTS if of_objectifying(act) and registry.ACTS[act].who])
def test_the_table_and_the_acts_name_the_same_people(act: str) -> None:
    who = registry.ACTS[act].who
    assert {move.who for move in moves.moves(act)} == {who.who if who else ""}


def test_every_act_of_objectifying_and_every_act_in_a_round_is_in_the_table() -> None:
    here = {verb for verb in registry.ACTS if of_objectifying(verb) or verb.startswith("proposal.")}
    assert here == set(ACTS)


def round_on(practice: Practice) -> Proposal:
    """The open one, else the last; without any, no act in a round has a target."""
    rounds = Proposal.objects.on(practice).everywhere("test").order_by("opened_at")
    proposal = rounds.open().first() or rounds.last()
    if proposal is None:
        raise NotPossible("There is no round to act in.")
    return proposal


def proposes(crew: Crew, practice: Practice, case: str) -> None:
    if case == Kind.SETTLEMENT:
        challenge, number = practice.challenges.first(), practice.versions.latest("number").number
        settlement = {"about": challenge.pk if challenge else "", "choice": Settled.UPHELD, "number": number}
        crew.story.propose(crew.lea, practice, matter=case, **settlement)
        return
    if crew.status(practice) in (Status.ACCEPTED, Status.CONTESTED, Status.UNDER_REVISION):
        crew.story.revise(crew.ines, practice, limits="Only there.")
    crew.proposed(practice)


def whom_it_is_for(crew: Crew, practice: Practice) -> None:
    """Of a version that was never put to consent."""
    if crew.status(practice) in (Status.PROPOSED, Status.ACCEPTED, Status.CONTESTED, Status.UNDER_REVISION):
        crew.story.revise(crew.lea, practice, limits="Only there.")
    acts.set_audience(crew.fay, practice, number=practice.versions.latest("number").number, audience=NEWCOMERS)


def amended(crew: Crew, proposal: Proposal) -> Proposal:
    practice = crew.practice_of(proposal)
    newest = practice.versions.latest("number").number
    if newest == proposal.number and proposal.is_open:
        newest = crew.story.revise(crew.lea, practice, limits="Only there, slowly.").number
    return rounds.amend(crew.lea, proposal, number=newest)


def lined_up(crew: Crew, on: Proposal) -> None:
    practice = crew.practice_of(on)
    if on.is_open and crew.status(practice) != Status.RETIRED:
        crew.story.revise(crew.lea, practice, limits="Only there, slowly.")
    put = Proposal(number=practice.versions.latest("number").number, aim="Air.")
    rounds.line_up(crew.ines, practice, proposal=put)


def answered(crew: Crew, proposal: Proposal) -> Objection:
    objection = crew.objected(proposal)
    amended(crew, proposal)
    rounds.answer_objection(crew.fay, objection)
    return objection


def heard(crew: Crew, proposal: Proposal) -> Objection:
    return rounds.restate_objection(crew.lea, crew.objected(proposal), heard_as="It may burst.")


def asked(crew: Crew, proposal: Proposal) -> Question:
    return rounds.ask_about(crew.ines, proposal, question=Question(text="Which valve?"))


def decided(crew: Crew, proposal: Proposal, outcome: Outcome) -> None:
    if outcome == Outcome.ACCEPTED:
        crew.consented(proposal)
    elif outcome == Outcome.NOT_ACCEPTED:
        crew.objected(proposal)
    crew.decided(proposal, outcome)


IN_A_ROUND: dict[str, Callable[[Crew, Proposal, str], object]] = {
    "proposal.lined_up": lambda crew, on, case: lined_up(crew, on),
    "proposal.question_asked": lambda crew, on, case: asked(crew, on),
    "proposal.question_answered": lambda crew, on, case: rounds.answer_question(
        crew.lea, asked(crew, on), text="This."
    ),
    "proposal.stance": lambda crew, on, case: crew.story.stand(crew.ines, on),
    "proposal.objection_raised": lambda crew, on, case: crew.objected(on),
    "proposal.objection_answered": lambda crew, on, case: answered(crew, on),
    "proposal.objection_restated": lambda crew, on, case: heard(crew, on),
    "proposal.objection_understood": lambda crew, on, case: rounds.confirm_understood(
        crew.ines, heard(crew, on), seen="It may burst."
    ),
    "proposal.objection_kept": lambda crew, on, case: rounds.keep_objection(crew.ines, answered(crew, on)),
    "proposal.objection_resolved": lambda crew, on, case: rounds.settle_objection(
        crew.ines, crew.objected(on), how=How.WITHDRAWN
    ),
    "proposal.amended": lambda crew, on, case: amended(crew, on),
    "proposal.withdrawn": lambda crew, on, case: rounds.withdraw(crew.lea, on, reason="Anew."),
    "proposal.decided": lambda crew, on, case: decided(crew, on, Outcome(case)),
}


def tries(crew: Crew, act: str, case: str, practice: Practice) -> None:
    """Does the act with everything it needs but the status."""
    if act in IN_A_ROUND:
        IN_A_ROUND[act](crew, round_on(practice), case)
    elif act == "practice.version_added":
        crew.story.revise(crew.ines, practice, limits="Only there.")
    elif act == "practice.audience_set":
        whom_it_is_for(crew, practice)
    elif act == "practice.filed":
        acts.file_under(crew.ines, practice, topics=["check valves"])
    elif act == "practice.steward_set":
        acts.set_steward(crew.ines, practice, steward=crew.ines)
    elif act == "challenge.raised":
        crew.challenged(practice, by=crew.omar)
    else:
        proposes(crew, practice, case)


def has_its_own_test(act: str, case: str, status: Status) -> bool:
    """Words without quotes, what follows from a settlement, an end: elsewhere."""
    of_a_settlement = act == "proposal.withdrawn" and case == Kind.SETTLEMENT and status != Status.CONTESTED
    of_its_end = case == Kind.RETIREMENT or (act in IN_A_ROUND and status in OF_ITS_END)
    return act in OWN_TESTS or of_a_settlement or of_its_end


def goes_by_the_table(crew: Crew, practice: Practice, act: str, case: str, status: Status) -> bool:
    """What is accepted or contested may have a round."""
    if act in IN_A_ROUND and status in (Status.ACCEPTED, Status.CONTESTED):
        proposes(crew, practice, case)
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


def test_the_documentation_shows_the_table_as_it_is() -> None:
    document = Path(__file__).parents[2] / "docs/developer/practice-states.md"
    assert document.read_text() == page(), (
        "run: python -m commonplace.objectifying.diagram > docs/developer/practice-states.md"
    )
