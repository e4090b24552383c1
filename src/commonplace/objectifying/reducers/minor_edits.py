"""Which versions were minor edits, who found each fine, and how it ended."""

from collections import defaultdict

from commonplace.consenting.kinds import Extent
from commonplace.ledger.replay import Recorded, Reducer, Row, Span
from commonplace.objectifying.evidence import MinorEdited, VersionAdded
from commonplace.objectifying.models import MinorEdit
from commonplace.objectifying.status import MinorEnd

Edits = dict[int, Row]
"""Number of the version -> who found it fine, and its end."""
ENDS = {
    "practice.minor_agreed": MinorEnd.AGREED,
    "practice.minor_taken_back": MinorEnd.TAKEN_BACK,
}


def _edits(span: Span) -> dict[str, Edits]:
    rows = MinorEdit.objects.filter(span.within("practice")).everywhere("check")
    by_practice: dict[str, Edits] = defaultdict(dict)
    for practice, number, *edit in rows.values_list("practice", "version__number", "fine_by", "outcome"):
        by_practice[practice][number] = tuple(edit)
    return dict(by_practice)


edits: Reducer[Edits] = Reducer("minor edits of practice", dict, _edits)


@edits.on("practice.version_added")
def _begun(before: Edits, act: Recorded, evidence: VersionAdded) -> Edits:
    return before | {evidence.number: (None, "")} if evidence.extent == Extent.MINOR else before


@edits.on("practice.minor_fine")
def _fine(before: Edits, act: Recorded, evidence: MinorEdited) -> Edits:
    return before | {evidence.number: (act.actor, before[evidence.number][1])}


@edits.on(*ENDS)
def _over(before: Edits, act: Recorded, evidence: MinorEdited) -> Edits:
    return before | {evidence.number: (before[evidence.number][0], ENDS[act.verb].value)}
