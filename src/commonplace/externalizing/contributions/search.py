"""An exchange is found by its own words and those of all its responses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Findable, SearchSource
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Response


def _rows() -> ExchangeQuerySet:
    return Exchange.objects.select_related("community", "course").defer("body", "html")


def _findable(ids: Sequence[str]) -> Iterator[Findable]:
    texts: dict[str, list[str]] = defaultdict(list)
    responses = Response.objects.filter(exchange__in=ids).everywhere("index").order_by("responded_at", "pk")
    for exchange, html in responses.values_list("exchange", "html"):
        texts[exchange].append(html)
    for row in Exchange.objects.filter(pk__in=ids).everywhere("index").select_related("community").defer("body"):
        yield Findable(row.pk, row.community, row.title, (row.html, *texts[row.pk]), row.opened_at)


def _status(exchange: Any) -> tuple[str, str]:
    return exchange.status.value, str(exchange.status.label)


EXCHANGES = SearchSource(
    "exchange", "ext", _("Exchange"), _("Exchanges"),
    verbs=("exchange.opened", "exchange.responded", "exchange.edited"),
    rows=_rows, findable=_findable, status=_status,
)  # fmt: skip
