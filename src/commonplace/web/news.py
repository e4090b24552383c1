"""What is new in one's communities, newest first, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange, Kind

PAGE = 15
OPENINGS = {Kind.REQUEST: _("Question"), Kind.OFFER: _("Offer"), Kind.PROBLEM: _("Problem"), Kind.STORY: _("Story")}


@dataclass(frozen=True, slots=True)
class Piece:
    phase: str
    what: Promise | str
    title: str
    href: str
    community: str
    who: str
    at: datetime


def news(person: Any, communities: list[Community], before: datetime) -> list[Piece]:
    """At most PAGE + 1 pieces that happened before `before`; the one too many says that there is more."""
    sources = [source(person, communities, before) for source in SOURCES]
    return list(islice(merge(*sources, key=lambda piece: piece.at, reverse=True), PAGE + 1))


def exchanges(person: Any, communities: list[Community], before: datetime) -> Iterator[Piece]:
    opened = Exchange.objects.visible_to(person).filter(community__in=communities, opened_at__lt=before)
    for exchange in (
        opened.select_related("community", "opener").defer("body", "html").order_by("-opened_at")[: PAGE + 1]
    ):
        yield Piece(
            "ext", OPENINGS[exchange.kind], exchange.title, exchange.get_absolute_url(), exchange.community.title,
            exchange.opener.name, exchange.opened_at,
        )  # fmt: skip


SOURCES = [exchanges]
