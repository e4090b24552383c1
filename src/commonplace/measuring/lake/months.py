"""The months in which acts were recorded, and how far each has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Max
from django.db.models.functions import TruncMonth

from commonplace.ledger import clock
from commonplace.ledger.models import Act, ActQuerySet

WHY = "the lake holds every act; its figures pass disclosure control"


@dataclass(frozen=True, slots=True)
class Month:
    """`first` is its first moment in UTC; `acts` and `last` (the greatest number) are as counted now."""

    first: datetime
    acts: int
    last: int

    @property
    def name(self) -> str:
        return f"acts-{self.first:%Y-%m}.parquet"

    @property
    def after(self) -> datetime:
        return (self.first + timedelta(days=32)).replace(day=1)

    @property
    def so_far(self) -> bytes:
        """Equal as long as nothing was recorded since: the ledger only grows."""
        return f"{self.acts} acts up to {self.last}".encode()

    def rows(self) -> ActQuerySet:
        recorded = Act.objects.everywhere(WHY).filter(recorded_at__gte=self.first, recorded_at__lt=self.after)
        return recorded.filter(pk__lte=self.last).order_by("community", "happened_at", "pk")


def months() -> Iterator[Month]:
    """Those with acts; the present one when there are none, so that a lake can be read."""
    recorded = Act.objects.everywhere(WHY).annotate(month=TruncMonth("recorded_at", tzinfo=UTC))
    counted = recorded.values("month").annotate(acts=Count("pk"), last=Max("pk")).order_by("month")
    by_month = {row["month"]: (row["acts"], row["last"]) for row in counted}
    present = clock.wall().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (Month(first, *counts) for first, counts in (by_month or {present: (0, 0)}).items())
