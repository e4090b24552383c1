"""A knowledge exchange: for re-use, when someone knows already, or for creation, when nobody does yet (Huysman)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.communities.texts import Text
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class Kind(models.TextChoices):
    REQUEST = "request", _("Request: I need something that someone may know")
    OFFER = "offer", _("Offer: I know something that others may need")
    PROBLEM = "problem", _("Problem: let us find out together")
    STORY = "story", _("Story: this happened, and I learned from it")


class Purpose(models.TextChoices):
    REUSE = "reuse", _("Re-use: somebody knows this already")
    CREATION = "creation", _("Creation: nobody knows this yet")


class Status(models.TextChoices):
    OPEN = "open", _("waiting for a response")
    ANSWERED = "answered", _("answered")
    RESOLVED = "resolved", _("it helped")
    UNRESOLVED = "unresolved", _("closed without a solution")


class Topic(models.Model):
    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="topics")
    name = models.CharField(max_length=60)

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_topic_of_a_name")]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = ("id", "community", "name")

    def __str__(self) -> str:
        return self.name


class ExchangeQuerySet(ScopedQuerySet["Exchange"]):
    def _visible_to(self, person: Any) -> ExchangeQuerySet:
        return self.filter(readable(person, "community"))

    def with_status(self) -> ExchangeQuerySet:
        """Adds `status`, derived from confirmations, closing and responses by others."""
        from commonplace.externalizing.models import Closing, Confirmation, Response

        here = {"exchange": OuterRef("pk")}
        by_others = Response._base_manager.filter(**here).exclude(author=OuterRef("opener"))
        return self.annotate(
            status=Case(
                When(Exists(Confirmation._base_manager.filter(**here)), then=Value(Status.RESOLVED)),
                When(Exists(Closing._base_manager.filter(**here)), then=Value(Status.UNRESOLVED)),
                When(Exists(by_others), then=Value(Status.ANSWERED)),
                default=Value(Status.OPEN),
                output_field=models.CharField(),
            )
        )

    def for_list(self) -> ExchangeQuerySet:
        """What a list shows: opener, topics, status, number of responses; newest first."""
        counted = self.with_status().annotate(response_count=Count("responses", distinct=True))
        return (
            counted.select_related("opener", "community")
            .prefetch_related("topics")
            .order_by("-opened_at", "-pk")
            .defer("body")
        )

    def waiting(self) -> ExchangeQuerySet:
        """Nobody but the opener has responded yet, and it is not closed."""
        return self.with_status().filter(status=Status.OPEN)

    def unfinished(self) -> ExchangeQuerySet:
        return self.with_status().filter(status__in=[Status.OPEN, Status.ANSWERED])

    def awaiting_confirmation_by(self, person: Any) -> ExchangeQuerySet:
        return self.with_status().filter(
            opener=person.pk, status=Status.ANSWERED, kind__in=[Kind.REQUEST, Kind.PROBLEM]
        )

    def taken_part_in_by(self, person: Any) -> ExchangeQuerySet:
        from commonplace.externalizing.models import Response

        responded = Response._base_manager.filter(exchange=OuterRef("pk"), author=person.pk)
        return self.filter(Q(opener=person.pk) | Exists(responded))


class Exchange(Text):
    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="exchanges")
    opener = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REQUEST)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.REUSE)
    title = models.CharField(max_length=200)
    topics = models.ManyToManyField(Topic, related_name="exchanges", blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    origin = models.CharField(max_length=120, blank=True)
    origin_url = models.URLField(max_length=400, blank=True)
    licence = models.CharField(max_length=40, blank=True)

    objects = ScopedManager.from_queryset(ExchangeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "-opened_at"], name="exchange_newest_first")]

    COMMUNITY, WRITTEN_BY = "community", "opener"
    PERSONAL = ("opener", "title", *Text.PERSONAL_TEXT)
    IMPERSONAL = (
        "id", "community", "kind", "purpose", "opened_at", "origin", "origin_url", "licence", *Text.IMPERSONAL_TEXT,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def author_id(self) -> str:
        return self.opener_id

    def get_absolute_url(self) -> str:
        return reverse("exchange", args=[self.community.slug, self.pk, slugify(self.title)[:60] or "-"])

    def confirmer_is_the_opener(self) -> bool:
        """Requests and problems are confirmed by who opened them; offers and stories by who took them up."""
        return self.kind in (Kind.REQUEST, Kind.PROBLEM)
