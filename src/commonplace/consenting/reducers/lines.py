"""What waits its turn on each subject, and how it left the line."""

from commonplace.consenting.evidence import LinedUp, LineLeft, ProposalOpened
from commonplace.consenting.kinds import LineEnd
from commonplace.consenting.models import InLine
from commonplace.ledger.replay import Recorded, Reducer, Row, Span

Line = dict[str, Row]
PUT = ("community", "proposed_by", "matter", "about", "choice", "number")


def _lines(span: Span) -> dict[str, Line]:
    rows = InLine.objects.filter(span.within("subject_id")).everywhere("check")
    lines: dict[str, Line] = {}
    for subject, pk, *columns in rows.values_list("subject_id", "pk", *PUT, "end", "proposal"):
        lines.setdefault(subject, {})[pk] = tuple(columns)
    return lines


lines: Reducer[Line] = Reducer("line on", dict, _lines)


@lines.on("proposal.lined_up")
def _lined_up(before: Line, act: Recorded, evidence: LinedUp) -> Line:
    about = (evidence.matter.value, evidence.about, evidence.choice, evidence.number)
    before[act.object] = (act.community, act.actor, *about, "", None)
    return before


@lines.on("proposal.opened")
def _opened(before: Line, act: Recorded, evidence: ProposalOpened) -> Line:
    if evidence.waited:
        before[evidence.waited] = (*before[evidence.waited][:-2], LineEnd.OPENED.value, act.object)
    return before


@lines.on("proposal.line_left")
def _left(before: Line, act: Recorded, evidence: LineLeft) -> Line:
    before[act.object] = (*before[act.object][:-2], evidence.how.value, None)
    return before
