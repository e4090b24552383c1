"""A published figure: all that a page knows of how a community fares."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Max

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.ledger.reading import Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.measuring.grid import Span


class FigureQuerySet(ScopedQuerySet["Figure"]):
    def _visible_to(self, person: Any) -> FigureQuerySet:
        return self.filter(community__in=Community.objects.overseen_by(person))

    def latest_editions(self, community: Community | Place) -> FigureQuerySet:
        """The last edition of each metric."""
        newest = (
            Figure._base_manager.filter(community=community).values("metric").annotate(last=Max("pk")).values("last")
        )
        return self.filter(pk__in=newest)

    def last_edition(self) -> int:
        """Its number; 0 before there is any."""
        return self.aggregate(last=Max("edition"))["last"] or 0


class Figure(models.Model):
    """One edition of a metric: `since` to `until`, of acts up to `last_act`. Rounded; hidden counts are None."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    metric = models.CharField(max_length=40)
    edition = models.PositiveIntegerField(default=1)
    unit = models.CharField(max_length=8)
    span = models.CharField(max_length=8, choices=Span.choices)
    since = models.DateTimeField()
    until = models.DateTimeField()
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)
    events = models.PositiveIntegerField(null=True)
    suppressed = models.CharField(max_length=16, blank=True)
    formula_version = models.PositiveSmallIntegerField()
    last_act = models.BigIntegerField()
    computed_at = models.DateTimeField(default=clock.now)

    objects = ScopedManager.from_queryset(FigureQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "metric", "until"], name="figure_by_community")]
        constraints = [
            models.UniqueConstraint(fields=["community", "metric", "edition"], name="figure_once_an_edition")
        ]

    OUTSIDE_ACTS = "computed from the ledger"
    PERSONAL = ()
    IMPERSONAL = (
        *("id", "community", "metric", "edition", "unit", "span", "since", "until", "value", "low", "high", "n"),
        *("events", "suppressed", "formula_version", "last_act", "computed_at"),
    )

    def __str__(self) -> str:
        return f"{self.metric} until {self.until:%Y-%m-%d}"
