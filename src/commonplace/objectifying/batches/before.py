"""What keeps rows, once they are practices, from being put to consent: told before they come in."""

from dataclasses import dataclass

from django.conf import settings

from commonplace.objectifying.batches.counting import Counts
from commonplace.objectifying.minimum import heard, who_says_so
from commonplace.objectifying.models import Batch, Became, Verdict


@dataclass(frozen=True, slots=True)
class Before:
    """Of the new ones, how many: `incomplete` lack a part; of `dated` the first day is known, of `undated` not, with
    the words of who has to say then that it is in use."""

    incomplete: int
    dated: int
    undated: int
    dated_words: str
    undated_words: str


def before_a_round(batch: Batch, counts: Counts) -> Before:
    new = batch.rows.filter(verdict=Verdict.NEW).exclude(became=Became.LEFT_OUT)
    dated = new.filter(since_on__isnull=False).count()
    is_heard = bool(heard(batch.community, [batch.by_id]))
    with_it = who_says_so(settings.BACKERS - is_heard)
    return Before(counts.incomplete, dated, counts.new - dated, with_it, who_says_so(settings.BACKERS))
