"""How the work stands: kinds, counts, ages and places; nothing of whom or what it is about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from commonplace.ledger import clock
from commonplace.ledger.models import Job, JobQuerySet

LATEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pile:
    """Jobs of one kind: due, and the first since when; `later` are planned, failed and waiting, or under way."""

    name: str
    due: int
    first: datetime | None
    later: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Backlog:
    """`waiting`: due and not begun; `late`: for how long the first of them has been."""

    waiting: int
    late: timedelta
    given_up: int

    @classmethod
    def now(cls) -> "Backlog":
        due = Job.objects.due().aggregate(count=Count("pk"), first=Min("due_at"))
        late = clock.now() - due["first"] if due["first"] else timedelta()
        return cls(due["count"], late, Job.objects.given_up().count())


def by_kind() -> list[Pile]:
    due, later = (Q(given_up_at=None) & when for when in (Q(due_at__lte=clock.now()), Q(due_at__gt=clock.now())))
    counted = Job.objects.values("name").annotate(
        due=Count("pk", filter=due),
        first=Min("due_at", filter=due),
        later=Count("pk", filter=later),
        given_up=Count("given_up_at"),
    )
    return [Pile(**row) for row in counted.order_by("name")]


def given_up() -> JobQuerySet:
    """The last first."""
    return Job.objects.given_up().order_by("-given_up_at", "-pk")


def findings() -> Iterator[str]:
    """For `check` and `doctor`: one line for each kind of which some were given up."""
    for kind in Job.objects.given_up().values("name").annotate(count=Count("pk")).order_by("name"):
        yield f"jobs given up: {kind['count']} of {kind['name']}; see where at /jobs/, and try again from there"


def try_again(pk: int) -> bool:
    """A job that was given up is due as if it were new. False if there is none."""
    given_up = Job.objects.given_up().filter(pk=pk)
    return bool(given_up.update(given_up_at=None, tries=0, due_at=clock.now()))


def drop(pk: int) -> bool:
    """A job that can never work is gone, and what it was to do stays undone. False if none was given up."""
    return bool(Job.objects.given_up().filter(pk=pk).delete()[0])
