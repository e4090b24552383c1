"""What exchanges and practices are about: rows of a community, each found by any of its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.models.footing import readable
from commonplace.communities.paging import key
from commonplace.externalizing.lengths import LONGEST_TOPIC
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.untrusted.visible import folded

MANY, PARTS = 100, 200


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

    def resembling(self, typed: str | Place) -> TopicQuerySet:
        """Those with a name that holds what was typed; in a place it is folded already."""
        held = typed if isinstance(typed, Place) else folded(typed)
        alike = TopicAlias.objects.filter(topic=OuterRef("pk"), folded__contains=held)
        return self.filter(Exists(alike.everywhere("whoever sees a topic sees its names")))

    def with_counts(self, **kinds: type[models.Model]) -> TopicQuerySet:
        """Adds by each name how many rows of a kind are filed under it, each once whatever names it is under; from MANY
        on it only says so."""
        names = TopicAlias.objects.filter(topic=OuterRef("pk")).everywhere("whoever sees a topic sees its names")
        return self.annotate(**{name: _Filed(names.values(name_id=F("pk")), kind) for name, kind in kinds.items()})


class _Filed(Subquery):
    """How many rows of a kind are filed under these names, or MANY. Each name is read for itself, no further than that.

    Joined, PostgreSQL might read everything that is filed, in the hope of so many of one topic soon.
    """

    template = (
        "(SELECT COUNT(*) FROM (SELECT DISTINCT filed.%(row)s FROM (%(subquery)s) AS names"
        f" CROSS JOIN %(filed)s AS filed ON filed.topicalias_id = names.name_id LIMIT {MANY}) AS few)"
    )
    on_postgresql = (
        f"(SELECT LEAST(COUNT(DISTINCT few.%(row)s), {MANY}) FROM (%(subquery)s) AS names CROSS JOIN LATERAL"
        f" (SELECT %(row)s FROM %(filed)s WHERE topicalias_id = names.name_id LIMIT {MANY}) AS few)"
    )
    output_field = models.IntegerField()

    def __init__(self, names: Any, kind: type[models.Model]) -> None:
        row = kind._meta.get_field("filed_under").m2m_column_name()  # type: ignore[union-attr]
        super().__init__(names, filed=filings(kind)._meta.db_table, row=row)

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

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.community.slug, self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.name)[:60] or "-"

    def as_kept(self) -> Topic:
        """Itself, or the topic that it was merged into."""
        return self.merged_into or self

    def filed(self, kind: type[models.Model], asked: Mapping[str, str], most: int) -> list[str]:
        """Ids of what of this kind is filed under any of its names, the nearest first; of each name no more than `most`
        are read."""
        after = key(asked, "after")
        part = partial(_filed, kind, before=key(asked, "before"), after=after, most=most)
        ids = {pk for some in _some(self.alias_ids) for pk in _together(map(part, some))}
        return sorted(ids, reverse=not after)[:most]

    @cached_property
    def alias_ids(self) -> list[str]:
        return [alias.pk for alias in self.aliases.all()]

    def other_names(self) -> list[str]:
        return sorted(alias.name for alias in self.aliases.all() if alias.folded != folded(self.name))


class TopicAlias(models.Model):
    """A name that leads to a topic: its own, a former one, another spelling, that of a topic merged into it.

    Exchanges and practices are filed under it, so that they move with it, and one that begins while topics are merged
    is not left behind.
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


def filings(kind: type[models.Model]) -> Any:
    """Where it stands under which names the rows of a kind are filed."""
    return kind._meta.get_field("filed_under").remote_field.through  # type: ignore[union-attr]


def with_topics() -> Prefetch[Any]:
    """For what is filed: `topics_of` reads no more."""
    aliases = TopicAlias.objects.select_related("topic").only("topic__name")
    return Prefetch("filed_under", aliases.everywhere("whoever sees what is filed sees what it is on"))


def topics_of(row: Any) -> list[Topic]:
    """Each once, whichever of its names were typed."""
    return sorted({alias.topic for alias in row.filed_under.all()}, key=lambda topic: topic.name)


def _filed(kind: type[models.Model], alias: str, before: str, after: str, most: int) -> QuerySet[Any]:
    """By the index that has this order, among all that is filed under one name."""
    row = str(kind._meta.model_name)
    filed: QuerySet[Any] = filings(kind).objects.filter(topicalias=alias)
    if after:
        return filed.filter(**{f"{row}__gt": after}).order_by(row).values(row)[:most]
    older = filed.filter(**{f"{row}__lt": before}) if before else filed
    return older.order_by(f"-{row}").values(row)[:most]


def _together(parts: Iterable[QuerySet[Any]]) -> Iterator[str]:
    """In one statement, each read for itself: no engine stops early at the newest of several names."""
    each = [part.query.sql_with_params() for part in parts]
    with connection.cursor() as cursor:
        statement = " UNION ".join(f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _) in enumerate(each))
        cursor.execute(statement, [value for _, values in each for value in values])
        yield from (pk for (pk,) in cursor.fetchall())


def _some(every: Sequence[str]) -> Iterator[Sequence[str]]:
    """A statement has only so many parts."""
    return (every[start : start + PARTS] for start in range(0, len(every), PARTS))
