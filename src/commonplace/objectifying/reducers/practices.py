"""How practices stand: by the pure table of their course, in the row that is written with each act."""

from dataclasses import replace
from datetime import datetime

from commonplace.consenting.evidence import ProposalOpened
from commonplace.consenting.kinds import Extent
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.projection import Projection
from commonplace.ledger.replay import Recorded
from commonplace.objectifying.course import STEPS, Course, after, concerns
from commonplace.objectifying.models import PracticeCourse

NEWS = (
    "practice.distilled", "practice.brought", "proposal.decided", "practice.minor_agreed", "practice.minor_taken_back",
)  # fmt: skip
course = Projection("course of practice", PracticeCourse, Course)


@course.on(*STEPS)
def _moved(before: Course, act: Recorded, evidence: Evidence) -> Course:
    if not concerns(evidence):
        return before
    moved_at = _later(before.moved_at, act.happened_at) if _is_news(act, evidence) else before.moved_at
    return replace(after(before, act.verb, evidence), community=act.community, moved_at=moved_at)


def _is_news(act: Recorded, evidence: Evidence) -> bool:
    """A minor edit ends, too, by becoming a round."""
    becomes_a_round = isinstance(evidence, ProposalOpened) and evidence.extent == Extent.MINOR
    return act.verb in NEWS or becomes_a_round


def _later(known: datetime | None, moment: datetime) -> datetime:
    """What is recorded later may have happened earlier."""
    return max(known, moment) if known else moment
