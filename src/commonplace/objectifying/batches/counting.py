"""How many of a batch come in, or came in; and what status words it has."""

from dataclasses import asdict, dataclass

from django.db.models import Count, Q

from commonplace.objectifying.batches.in_force import is_in_force, meant
from commonplace.objectifying.models import Batch, Became, Verdict, Version


@dataclass(frozen=True, slots=True)
class Counts:
    """Before it is confirmed what would come in, afterwards what did. `incomplete`: of the new ones, those that need
    more words before they can be put to consent."""

    new: int
    changed: int
    unchanged: int
    set_aside: int
    left_out: int
    incomplete: int

    def as_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StatusWord:
    word: str
    rows: int
    is_in_force: bool


def counts(batch: Batch) -> Counts:
    out = Q(became=Became.LEFT_OUT)
    kinds = {one.value: Count("pk", filter=Q(verdict=one) & ~out) for one in Verdict}
    lacking = Q(practice__course__complete=False) if batch.is_confirmed else Version.PARTLY
    incomplete = Count("pk", filter=Q(verdict=Verdict.NEW) & ~out & lacking)
    return Counts(**batch.rows.order_by().aggregate(left_out=Count("pk", filter=out), incomplete=incomplete, **kinds))


def status_words(batch: Batch) -> list[StatusWord]:
    """Each as it is written first, the most frequent first; for somebody to say which are in force."""
    many: dict[str, list[str]] = {}
    for word in batch.rows.exclude(status="").values_list("status", flat=True):
        many.setdefault(meant(word), []).append(word)
    words = [StatusWord(one[0], len(one), is_in_force(one[0], batch.meanings)) for one in many.values()]
    return sorted(words, key=lambda one: (-one.rows, one.word))
