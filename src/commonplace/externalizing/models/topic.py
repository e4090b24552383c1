"""What exchanges are about: rows of a community, each found by any of its names."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import normalize

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

ACCENTS = re.compile("[\u0300-\u036f]")


def folded(name: str) -> str:
    """What makes two names one: without case, accents and spare spaces."""
    letters = normalize("NFKD", normalize("NFKD", name).casefold())
    return " ".join(ACCENTS.sub("", letters).split())


class TopicQuerySet(ScopedQuerySet["Topic"]):
    def _visible_to(self, person: Any) -> TopicQuerySet:
        return self.filter(readable(person, "community"))

    def current(self) -> TopicQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def called(self, name: str) -> TopicQuerySet:
        """The one of this name or id; of one that was merged, the topic that it is part of now."""
        named = Q(aliases__folded=folded(name)) | Q(pk=name) | Q(merged__pk=name)
        return self.current().filter(named).distinct()

    def resembling(self, typed: str) -> TopicQuerySet:
        """Those with a name that holds what was typed."""
        alike = TopicAlias.objects.filter(topic=OuterRef("pk"), folded__contains=folded(typed))
        return self.filter(Exists(alike.everywhere("whoever sees a topic sees its names")))

    def with_exchanges(self) -> TopicQuerySet:
        """Adds `exchange_count`, whatever name they were filed under."""
        return self.annotate(exchange_count=Count("aliases__exchanges", distinct=True))


class Topic(models.Model):
    """`name`: as it is shown. One that was merged stays, because the ledger names its id."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_TOPIC)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ScopedManager.from_queryset(TopicQuerySet)()

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = ("id", "community", "name", "merged_into")

    def __str__(self) -> str:
        return self.name

    def as_kept(self) -> Topic:
        """Itself, or the topic that it was merged into."""
        return self.merged_into or self

    def other_names(self) -> list[str]:
        return sorted(alias.name for alias in self.aliases.all() if alias.folded != folded(self.name))


class TopicAlias(models.Model):
    """A name that leads to a topic: its own, a former one, another spelling, that of a topic merged into it.

    Exchanges are filed under it, so that they move with it, and one opened while topics are merged is not left behind.
    """

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=LONGEST_TOPIC)
    folded = models.TextField()

    objects = ScopedManager.from_queryset(ScopedQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "folded"],
                name="one_topic_of_a_name",
                violation_error_message=_("There is already a topic of this name."),
            )
        ]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = ("id", "community", "topic", "name", "folded")

    @property
    def subject(self) -> Topic:
        return self.topic
