"""Exchanges that were opened."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Piece
from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange, Kind

OPENINGS: dict[str, Promise] = {
    Kind.REQUEST: _("Question"),
    Kind.OFFER: _("Offer"),
    Kind.PROBLEM: _("Problem"),
    Kind.STORY: _("Story"),
}


def opened(person: Any, communities: Sequence[Community], before: datetime, most: int) -> Iterator[Piece]:
    here = Exchange.objects.visible_to(person).newest_in(communities, before, most)
    rows = here.select_related("community", "opener").defer("body", "html")
    for exchange in rows.order_by("-course__pk")[:most]:
        yield Piece(
            "ext", OPENINGS[exchange.kind], exchange.title, exchange.get_absolute_url(), exchange.community.title,
            exchange.opener.name, exchange.opened_at,
        )  # fmt: skip
