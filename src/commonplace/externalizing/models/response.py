"""What someone says in an exchange: an answer, or a comment on it or on an answer."""

from __future__ import annotations

from typing import Any

from django.db import models

from commonplace.communities.models import Community, Person
from commonplace.communities.models.footing import readable
from commonplace.communities.texts import Text
from commonplace.externalizing.fingerprint import fingerprint
from commonplace.externalizing.models.kinds import ResponseKind
from commonplace.ledger import clock
from commonplace.ledger.ids import PublicId
from commonplace.ledger.scope import ScopedManager, ScopedQuerySet


class ResponseQuerySet(ScopedQuerySet["Response"]):
    def _visible_to(self, person: Any) -> ResponseQuerySet:
        return self.filter(readable(person, "exchange__community"))


class Response(Text):
    id = PublicId()
    exchange = models.ForeignKey("Exchange", models.CASCADE, related_name="responses")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ResponseKind.choices, default=ResponseKind.ANSWER)
    comments_on = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="comments")
    responded_at = models.DateTimeField(default=clock.now)
    origin_url = models.URLField(max_length=400, blank=True)
    licence = models.CharField(max_length=40, blank=True)

    objects = ScopedManager.from_queryset(ResponseQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["exchange", "responded_at"], name="response_in_order")]

    COMMUNITY, WRITTEN_BY = "exchange__community", "author"
    PERSONAL = ("author", *Text.PERSONAL_TEXT)
    IMPERSONAL = (
        "id", "exchange", "kind", "comments_on", "responded_at", "origin_url", "licence", *Text.IMPERSONAL_TEXT,
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
        return f"{self.exchange.get_absolute_url()}#r-{self.pk}"
