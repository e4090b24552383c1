"""A published figure: all that a page knows of how a community fares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Max, Q

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.ledger.reading import Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.measuring.grid import Span
from commonplace.measuring.readings import UNDECIDED
from commonplace.measuring.windows import Period

YEAR, LONGEST_STEP = timedelta(days=366), timedelta(days=93)


class FigureQuerySet(ScopedQuerySet["Figure"]):
    def _visible_to(self, person: Any) -> FigureQuerySet:
        return self.filter(community__in=Community.objects.overseen_by(person))

    def latest_editions(self, community: Community | Place, by: datetime | None = None) -> FigureQuerySet:
        """Of each metric the last edition, and the last that says something: `current` chooses. `by`: as of then."""
        then = {"computed_at__lte": by} if by else {}
        those = Figure._base_manager.filter(community=community, **then).values("metric")
        newest = those.annotate(last=Max("pk")).values("last")
        saying = those.annotate(last=Max("pk", filter=Q(events__isnull=False))).values("last")
        return self.filter(Q(pk__in=newest) | Q(pk__in=saying))

    def released(self) -> FigureQuerySet:
        """Those that say something: how many cases there were, if nothing else."""
        return self.exclude(events=None)

    def last_edition(self) -> int:
        """Its number; 0 before there is any."""
        return self.aggregate(last=Max("edition"))["last"] or 0


class Figure(models.Model):
    """One edition of a metric: of what began from `since` to `until`, as seen at `seen` by the acts up to `last_act`.

    Rounded; what is not told is None. Too early to say: `seen` is when it can be told. `moved`: of a stock, when
    it is counted anew, the ids of what entered it and of what left it since the count before.
    """

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    metric = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=8)
    span = models.CharField(max_length=8, choices=Span.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    seen = models.DateTimeField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    events = models.PositiveIntegerField(null=True)
    band = models.CharField(max_length=16, blank=True)
    suppressed = models.CharField(max_length=16, blank=True)
    formula_version = models.PositiveSmallIntegerField()
    last_act = models.BigIntegerField()
    computed_at = models.DateTimeField(default=clock.now)
    moved = models.JSONField(null=True)

    objects = ScopedManager.from_queryset(FigureQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "metric", "until"], name="figure_by_community")]
        constraints = [
            models.UniqueConstraint(fields=["community", "metric", "edition"], name="figure_once_an_edition")
        ]

    OUTSIDE_ACTS = "computed from the ledger"
    PERSONAL = ()
    IMPERSONAL = (
        *("id", "community", "metric", "edition", "unit", "span", "since", "until", "seen", "value", "low", "high"),
        *("n", "events", "band", "suppressed", "formula_version", "last_act", "computed_at", "moved"),
    )

    def __str__(self) -> str:
        return f"{self.metric} until {self.until:%Y-%m-%d}"

    @property
    def period(self) -> Period:
        return Period(self.since, self.until, self.seen - self.until)

    @property
    def is_past(self) -> bool:
        """It was already old when it was new: the grid of an archive ends with the archive."""
        return self.suppressed not in UNDECIDED and self.computed_at - self.seen > LONGEST_STEP

    @property
    def is_of_people_at_work(self) -> bool:
        """It says something, of another time than an archive's."""
        return self.events is not None and not self.is_past


def current(latest: Iterable[Figure]) -> dict[str, Figure]:
    """By metric, what stands: the last edition that says something, unless it is of a year before the last of all.

    What an archive says stands, where people are at work again, until something can be said of them.
    """
    figures = sorted(latest, key=lambda one: one.pk)
    heard = any(one.is_of_people_at_work for one in figures)
    chosen: dict[str, Figure] = {}
    for figure in figures:
        before = chosen.get(figure.metric)
        if before is None or figure.events is not None or _is_over(before, figure, heard):
            chosen[figure.metric] = figure
    return chosen


def _is_over(before: Figure, figure: Figure, heard: bool) -> bool:
    """After it comes one that says nothing."""
    return figure.until - before.until > YEAR and (heard or figure.is_past or not before.is_past)
