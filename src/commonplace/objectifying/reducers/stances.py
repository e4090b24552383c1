"""Who ever stood where in a round, which of it is current, and what stands against it."""

from collections.abc import Callable
from typing import Any

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered, is_set, of_each
from commonplace.objectifying.evidence import ObjectionRaised, ObjectionResolved, StanceTaken
from commonplace.objectifying.models import Objection, Stance

Current = dict[tuple[str, str], str]
"""Round and person -> the stance."""
ABOUT = "proposal__practice"


def current_ones(model: Any, about: str, asked_in: str) -> Callable[[Span], dict[str, Current]]:
    def rows(span: Span) -> dict[str, Current]:
        mine = model.objects.filter(span.within(about), replaced_at=None).everywhere("check")
        by_subject = gathered((pk, ((asked, by), row)) for pk, asked, by, row in mine.values_list(*columns))
        return {pk: dict(each) for pk, each in by_subject.items()}

    columns = (about, asked_in, "person", "pk")
    return rows


ON = ("version__practice", "version__number")
stances = of_each("stance", Stance, ABOUT, "proposal", "person", "unit", *ON, "stance")
current: Reducer[Current] = Reducer("current stances on practice", dict, current_ones(Stance, ABOUT, "proposal"))
RAISED = ("proposal", "raised_by", "raised_on__practice", "raised_on__number")
SETTLED = ("how", *ON, is_set("settled_at"))
objections = of_each("objection", Objection, ABOUT, *RAISED, *SETTLED)


@stances.on("proposal.stance")
def _taken(before: Row, act: Recorded, evidence: StanceTaken) -> Row:
    return evidence.proposal, act.actor, act.unit_id, act.subject, evidence.number, evidence.stance.value


@current.on("proposal.stance")
def _replaces_their_last(before: Current, act: Recorded, evidence: StanceTaken) -> Current:
    before[evidence.proposal, act.actor] = act.object
    return before


@current.on("proposal.amended")
def _all_are_asked_again(before: Current, act: Recorded, evidence: Evidence) -> Current:
    return {which: stance for which, stance in before.items() if which[0] != act.object}


@objections.on("proposal.objection_raised")
def _raised(before: Row, act: Recorded, evidence: ObjectionRaised) -> Row:
    return evidence.proposal, act.actor, act.subject, evidence.number, "", None, None, False


@objections.on("proposal.objection_resolved")
def _resolved(before: Row, act: Recorded, evidence: ObjectionResolved) -> Row:
    met_by = (None, None) if evidence.number is None else (act.subject, evidence.number)
    return (*before[:4], evidence.how.value, *met_by, True)
