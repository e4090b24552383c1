"""What someone says in an exchange: an answer, or a comment on it or on an answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import ExpressionWrapper, OuterRef, Q, Subquery
from django.urls import reverse

from commonplace.communities.fingerprint import fingerprint
from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.communities.models.membership import reachable
from commonplace.communities.models.person import person_shown
from commonplace.communities.texts import Text
from commonplace.externalizing.models.kinds import ResponseKind
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.reading import Place
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet

SHOWN = (
    *("exchange", "author", "kind", "comments_on", "responded_at", "origin_url", "licence", "is_wiki"),
    *("html", "edited_at"),
)


class ResponseQuerySet(ScopedQuerySet["Response"]):
    def _visible_to(self, person: Any) -> ResponseQuerySet:
        return self.filter(readable(person, "exchange__community"))

    def answers(self) -> ResponseQuerySet:
        """By the index of what stands by itself, as whole comments do."""
        return self.filter(kind=ResponseKind.ANSWER, comments_on=None)

    def comments(self, on: str | Place | None) -> ResponseQuerySet:
        """On an answer, or None: on the exchange as a whole."""
        return self.filter(kind=ResponseKind.COMMENT, comments_on=on)

    def shown(self) -> ResponseQuerySet:
        """What a page shows of each."""
        return self.select_related("author").only(*SHOWN, *person_shown("author"))

    def with_readers(self) -> ResponseQuerySet:
        """Adds `has_reader`: whoever wrote it is here still, and can be told something."""
        here = reachable("author", "exchange__community")
        return self.annotate(has_reader=ExpressionWrapper(here, output_field=models.BooleanField()))

    def with_limit(self, most: int) -> ResponseQuerySet:
        """Adds `limit`: the id of the first comment on it beyond the `most` first, or None."""
        siblings = Response._base_manager.filter(comments_on=OuterRef("pk")).order_by("pk").values("pk")
        return self.annotate(limit=Subquery(siblings[most : most + 1]))


class Response(Text):
    id = PublicId()
    exchange = models.ForeignKey("Exchange", models.CASCADE, related_name="responses")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ResponseKind.choices, default=ResponseKind.ANSWER)
    comments_on = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="comments", db_index=False
    )
    responded_at = models.DateTimeField(default=clock.now)
    origin_url = models.URLField(max_length=400, blank=True)
    licence = models.CharField(max_length=40, blank=True)
    is_wiki = models.BooleanField(default=False)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["exchange", "kind", "id"], condition=Q(comments_on=None), name="said_by_itself"),
            models.Index(fields=["comments_on", "id"], name="comments_in_order"),
        ]

    COMMUNITY, WRITTEN_BY = "exchange__community", "author"
    PERSONAL = ("author", *Text.PERSONAL_TEXT)
    IMPERSONAL = (
        "id", "exchange", "kind", "comments_on", "responded_at", "origin_url", "licence", "is_wiki",
        *Text.IMPERSONAL_TEXT,
    )  # fmt: skip

    @property
    def subject(self) -> models.Model:
        return self.exchange

    @property
    def community(self) -> Community:
        return self.exchange.community

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.body)

    def get_absolute_url(self) -> str:
        """For ever: it leads to where the response stands."""
        return reverse("response", args=[self.exchange.community.slug, self.exchange_id, self.pk])
