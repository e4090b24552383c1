"""When and why an agreement was looked at again, who said that it holds, and what came of it."""

from commonplace.ledger.replay import Recorded, Row, is_set, of_each
from commonplace.objectifying.evidence import Reaffirmed, ReviewDone, ReviewDue
from commonplace.objectifying.models import Review, ReviewVoice

ABOUT = ("practice", "agreement", "why", "outcome")
reviews = of_each("review", Review, "practice", *ABOUT, is_set("done_at"))
voices = of_each("voice in a review", ReviewVoice, "review__practice", "review", "person", "by_author")


@reviews.on("review.due")
def _due(before: Row, act: Recorded, evidence: ReviewDue) -> Row:
    return act.subject, evidence.agreement, evidence.why.value, "", False


@reviews.on("review.done")
def _done(before: Row, act: Recorded, evidence: ReviewDone) -> Row:
    return (*before[:3], evidence.outcome.value, True)


@voices.on("review.reaffirmed")
def _spoke(before: Row, act: Recorded, evidence: Reaffirmed) -> Row:
    return evidence.review, act.actor, evidence.by_author
