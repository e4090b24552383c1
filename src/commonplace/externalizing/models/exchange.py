"""A knowledge exchange: for re-use, when someone knows already, or for creation, when nobody does yet (Huysman)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.text import slugify

from commonplace.communities.fingerprint import fingerprint
from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.communities.models.person import person_shown
from commonplace.communities.newest import since
from commonplace.communities.saying import first_words
from commonplace.communities.texts import Text
from commonplace.externalizing.lengths import LONGEST_TITLE
from commonplace.externalizing.models.course import NOT_YET, ExchangeCourse
from commonplace.externalizing.models.kinds import ASKED, BROUGHT, IN_A_WORD, Kind, Purpose, Status
from commonplace.externalizing.models.response import Response
from commonplace.externalizing.models.topic import Topic, TopicAlias, topics_of, with_topics
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId, beginning
from commonplace.ledger.models import Act
from commonplace.ledger.reading import NOW, Among, Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet
from commonplace.untrusted.visible import folded

WAITING_LONG = "waiting-long"
NEWEST_FIRST = ("-course__pk",)
LISTED = (
    *("title", "opened_at", *person_shown("opener"), "community__slug"),
    *("course__status", "course__over", "course__answers", "course__comments", "course__newest", "course__helped"),
)


def _just_after(moment: datetime) -> str:
    return beginning(moment + timedelta(milliseconds=1))


def _ago(person: Any, days: int) -> Any:
    """Of a place for a person as of a person."""
    long = timedelta(days=days)
    if isinstance(person, Place):
        return Place(NOW.name, models.DateTimeField(), settle=lambda now: now - long)
    return clock.now() - long


class ExchangeQuerySet(ScopedQuerySet["Exchange"]):
    def _visible_to(self, person: Any) -> ExchangeQuerySet:
        return self.filter(readable(person, "community"))

    def for_list(self) -> ExchangeQuerySet:
        """What a list shows: opener, topics, status, number of responses, how its text `begins`; newest first."""
        rows = self.select_related("opener", "community", "course").with_topics()
        return rows.annotate(begins=first_words("html")).order_by(*NEWEST_FIRST).only(*LISTED)

    def here(self, community: Community | Place) -> ExchangeQuerySet:
        """In this community: by the course, whose indexes have the order of lists."""
        return self.filter(course__community=community)

    def newest_in(self, communities: Among, before: Place, most: int) -> ExchangeQuerySet:
        """Opened before then in these communities, not many more than the `most` newest."""
        past = Place(before.name, settle=_just_after)
        first = since(communities, ExchangeCourse._base_manager.filter(pk__lt=past), "pk", Value(""), most)
        newest = self.filter(course__community__in=communities, course__pk__lt=past, course__pk__gte=first)
        return newest.filter(opened_at__lt=before)

    def with_topics(self) -> ExchangeQuerySet:
        """Reads `topics` of all of them at once."""
        return self.prefetch_related(with_topics())

    def filed_exactly_under(self, names: Sequence[str]) -> ExchangeQuerySet:
        """Under these names and no others, however they are spelt."""
        filed = TopicAlias.exchanges.through.objects.filter(exchange=OuterRef("pk"))
        wanted = {folded(name) for name in names} - {""}
        rows = self.exclude(Exists(filed.exclude(topicalias__folded__in=wanted)))
        for name in sorted(wanted):
            rows = rows.filter(Exists(filed.filter(topicalias__folded=name)))
        return rows

    def waiting(self) -> ExchangeQuerySet:
        """Nobody but the opener has responded yet, and it is not closed."""
        return self.unfinished().filter(course__status=Status.OPEN)

    def waiting_long(self, person: Any) -> ExchangeQuerySet:
        """Opened by somebody else, a newcomer's after NEWCOMER_WAITS_DAYS, others' after WAITS_DAYS."""
        newly, asked = (
            Act.objects.filter(verb="exchange.opened", subject=OuterRef("pk"), newcomer=True),
            "opened_at__lt",
        )
        is_new = Exists(newly.everywhere("a newcomer is answered sooner"))
        long = Q(**{asked: _ago(person, settings.WAITS_DAYS)})
        long |= Q(is_new, **{asked: _ago(person, settings.NEWCOMER_WAITS_DAYS)})
        return self.waiting().filter(long).exclude(course__opener=person.pk)

    def unfinished(self) -> ExchangeQuerySet:
        return self.filter(course__over__in=NOT_YET)

    def taken_part_in_by(self, person: Any) -> ExchangeQuerySet:
        return self.filter(Q(opener=person.pk) | Exists(_its(Response).filter(author=person.pk)))


def _its(model: Any) -> Any:
    """Of an exchange in an outer query, the rows that belong to it."""
    return model.objects.filter(exchange=OuterRef("pk")).everywhere("whoever sees the exchange sees what it holds")


class Exchange(Text):
    id = PublicId()
    community = models.ForeignKey(Community, models.CASCADE, related_name="+")
    opener = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.REQUEST)
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.REUSE)
    title = models.CharField(max_length=LONGEST_TITLE)
    filed_under = models.ManyToManyField(TopicAlias, related_name="exchanges", blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    origin = models.CharField(max_length=120, blank=True)
    origin_url = models.URLField(max_length=400, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    closed_there_at = models.DateTimeField(null=True, blank=True)
    is_wiki = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(ExchangeQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["community", "-opened_at"], name="exchange_newest_first")]

    COMMUNITY, WRITTEN_BY = "community", "opener"
    PERSONAL = ("opener", "title", *Text.PERSONAL_TEXT)
    IMPERSONAL = (
        "id", "community", "kind", "purpose", "opened_at", "origin", "origin_url", "licence", "closed_there_at",
        "is_wiki", *Text.IMPERSONAL_TEXT,
    )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def author_id(self) -> str:
        return self.opener_id

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.title, self.body)

    @property
    def topics(self) -> list[Topic]:
        """Each once, whichever of its names were typed."""
        return topics_of(self)

    @property
    def in_words(self) -> str:
        """What it is; of what was offered or told, whatever its purpose."""
        purpose = Purpose(self.purpose) if self.kind in ASKED else Purpose.REUSE
        return str(BROUGHT[Kind(self.kind), purpose])

    @property
    def in_a_word(self) -> str:
        return str(IN_A_WORD[Kind(self.kind)])

    @property
    def status(self) -> Status:
        return Status(self.course.status)

    def get_absolute_url(self) -> str:
        return reverse("exchange", args=[self.community.slug, self.pk, slugify(self.title)[:60] or "-"])

    def confirmer_is_the_opener(self) -> bool:
        """Requests and problems are confirmed by who opened them; offers and stories by who took them up."""
        return self.kind in ASKED
