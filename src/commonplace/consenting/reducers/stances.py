"""Who ever stood where in a round, and which of it is current."""

from typing import Any

from commonplace.consenting.evidence import Amended, StanceTaken
from commonplace.consenting.models import Stance
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered, of_each

Current = dict[tuple[str, str], str]
"""Round and person -> the stance."""
ABOUT = "proposal__subject_id"


def _current(span: Span) -> dict[str, Current]:
    rows: Any = Stance.objects.filter(span.within(ABOUT)).current().everywhere("check")
    columns = rows.values_list(ABOUT, "proposal", "person", "pk")
    by_subject = gathered((subject, ((asked, by), pk)) for subject, asked, by, pk in columns)
    return {subject: dict(each) for subject, each in by_subject.items()}


stances = of_each("stance", Stance, ABOUT, "proposal", "person", "entered_by", "number", "stance")
current: Reducer[Current] = Reducer("current stances", dict, _current)


@stances.on("proposal.stance")
def _taken(before: Row, act: Recorded, evidence: StanceTaken) -> Row:
    entered_by = act.actor if evidence.entered_by_other else None
    return evidence.proposal, evidence.person, entered_by, evidence.number, evidence.stance.value


@current.on("proposal.stance")
def _replaces_their_last(before: Current, act: Recorded, evidence: StanceTaken) -> Current:
    before[evidence.proposal, evidence.person] = act.object
    return before


@current.on("proposal.amended")
def _asked_again(before: Current, act: Recorded, evidence: Amended) -> Current:
    if not evidence.asked_again:
        return before
    return {which: stance for which, stance in before.items() if which[0] != act.object}
