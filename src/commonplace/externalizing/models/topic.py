"""What exchanges are about: rows of a community, each found by any of its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.communities.paging import key
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.untrusted.visible import folded

MANY, PARTS = 100, 200
FILED = "externalizing_exchange_filed_under"


class TopicQuerySet(ScopedQuerySet["Topic"]):
    def _visible_to(self, person: Any) -> TopicQuerySet:
        return self.filter(readable(person, "community"))

    def current(self) -> TopicQuerySet:
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def called(self, name: str, community: Any) -> TopicQuerySet:
        """The one of this name or id; of one that was merged, the topic that it is part of now."""
        named = TopicAlias.objects.filter(community=community, folded=folded(name)).everywhere(
            "whoever sees a topic sees its names"
        )
        before = Topic.objects.filter(pk=name).everywhere("an id leads on")
        ids = named.values("topic").union(before.values("pk"), before.values("merged_into"))
        return self.current().filter(community=community, pk__in=ids)

    def resembling(self, typed: str) -> TopicQuerySet:
        """Those with a name that holds what was typed."""
        alike = TopicAlias.objects.filter(topic=OuterRef("pk"), folded__contains=folded(typed))
        return self.filter(Exists(alike.everywhere("whoever sees a topic sees its names")))

    def with_exchanges(self) -> TopicQuerySet:
        """Adds `exchange_count`, each once whatever names it is under; from MANY on it only says so."""
        names = TopicAlias.objects.filter(topic=OuterRef("pk")).everywhere("whoever sees a topic sees its names")
        return self.annotate(exchange_count=_Filed(names.values(name_id=F("pk"))))


class _Filed(Subquery):
    """How many exchanges are filed under these names, or MANY. Each name is read for itself, no further than that.

    Joined, PostgreSQL might read everything that is filed, in the hope of so many of one topic soon.
    """

    template = (
        "(SELECT COUNT(*) FROM (SELECT DISTINCT filed.exchange_id FROM (%(subquery)s) AS names"
        f" CROSS JOIN {FILED} AS filed ON filed.topicalias_id = names.name_id LIMIT {MANY}) AS few)"
    )
    on_postgresql = (
        f"(SELECT LEAST(COUNT(DISTINCT few.exchange_id), {MANY}) FROM (%(subquery)s) AS names CROSS JOIN LATERAL"
        f" (SELECT exchange_id FROM {FILED} WHERE topicalias_id = names.name_id LIMIT {MANY}) AS few)"
    )
    output_field = models.IntegerField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template=self.on_postgresql)


class Topic(models.Model):
    """`name`: as it is shown. One that was merged stays, because the ledger names its id."""

    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_TOPIC)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    objects = ScopedManager.from_queryset(TopicQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "name", "id"], name="topics_by_name")]

    COMMUNITY = "community"
    PERSONAL = ()
    IMPERSONAL = ("id", "community", "name", "merged_into")

    def __str__(self) -> str:
        return self.name

    def as_kept(self) -> Topic:
        """Itself, or the topic that it was merged into."""
        return self.merged_into or self

    def filed(self, asked: Mapping[str, str], most: int) -> list[str]:
        """Ids of what is filed under any of its names, the nearest first; of each name no more than `most` are read."""
        after = key(asked, "after")
        part = partial(_filed, before=key(asked, "before"), after=after, most=most)
        ids = {pk for some in _some(self.aliases.values_list("pk", flat=True)) for pk in _together(map(part, some))}
        return sorted(ids, reverse=not after)[:most]

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


def _filed(alias: str, before: str, after: str, most: int) -> QuerySet[Any]:
    """By the index that has this order, among all that is filed under one name."""
    filed = TopicAlias.exchanges.through.objects.filter(topicalias=alias)
    if after:
        return filed.filter(exchange__gt=after).order_by("exchange").values("exchange")[:most]
    older = filed.filter(exchange__lt=before) if before else filed
    return older.order_by("-exchange").values("exchange")[:most]


def _together(parts: Iterable[QuerySet[Any]]) -> Iterator[str]:
    """In one statement, each read for itself: no engine stops early at the newest of several names."""
    each = [part.query.sql_with_params() for part in parts]
    with connection.cursor() as cursor:
        statement = " UNION ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(each))
        cursor.execute(statement, [value for _, values in each for value in values])
        yield from (pk for (pk,) in cursor.fetchall())


def _some(ids: Iterable[str]) -> Iterator[Sequence[str]]:
    """A statement has only so many parts."""
    every = list(ids)
    return (every[start : start + PARTS] for start in range(0, len(every), PARTS))
