"""An exchange is found by its own words, each response by its own, and so is the answer that helped."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Findable, SearchSource, Shown
from commonplace.externalizing.evidence import Confirmed
from commonplace.externalizing.models import (
    Confirmation,
    Exchange,
    ExchangeQuerySet,
    Response,
    ResponseKind,
    ResponseQuerySet,
    Status,
)
from commonplace.ledger.models import Act

HELPED = 2
CONFIRMED, EDITED = "exchange.confirmed", "exchange.edited"


def _exchanges() -> ExchangeQuerySet:
    return Exchange.objects.select_related("community", "course").defer("body", "html")


def _exchange_findable(ids: Sequence[str]) -> Iterator[Findable]:
    rows = Exchange.objects.filter(pk__in=ids).everywhere("index").select_related("community", "course").defer("body")
    for row in rows:
        weight = int(row.status == Status.RESOLVED)
        html, edited_at = (row.html,), row.edited_at
        yield Findable(row.pk, row.pk, row.community, row.title, html, row.opened_at, weight, edited_at)


def _exchange_shown(row: Exchange) -> Shown:
    address, course, at = row.get_absolute_url(), row.course, (row.opened_at, row.edited_at)
    return Shown(row.title, row.community, address, _("Exchange"), course.status, course.words, *at)


def _responses() -> ResponseQuerySet:
    return Response.objects.select_related("exchange__community").defer("body", "html").annotate(helped=_helped())


def _helped() -> Exists:
    return Exists(
        Confirmation.objects.filter(response=OuterRef("pk")).everywhere("whoever sees it sees whom it helped")
    )


def _response_findable(ids: Sequence[str]) -> Iterator[Findable]:
    rows = Response.objects.filter(pk__in=ids).everywhere("index").select_related("exchange__community").defer("body")
    row: Any
    for row in rows.annotate(helped=_helped()):
        weight = HELPED if row.helped else 0
        html, edited_at = (row.html,), row.edited_at
        yield Findable(row.pk, row.exchange_id, row.community, "", html, row.responded_at, weight, edited_at)


def _response_shown(row: Any) -> Shown:
    """What became of the exchange is not said of each answer in it: only of one that helped, that it did."""
    address, kind = row.get_absolute_url(), ResponseKind(row.kind).label
    status, words = (Status.RESOLVED.value, Status.RESOLVED.label) if row.helped else ("", "")
    return Shown(row.exchange.title, row.community, address, kind, status, words, row.responded_at, row.edited_at)


def _exchange_of(act: Act) -> str:
    return "" if act.verb == EDITED and act.object != act.subject else act.subject


def _response_of(act: Act) -> str:
    if act.verb == CONFIRMED:
        return Confirmed.of(act).response
    return act.object if act.object != act.subject else ""


EXCHANGES = SearchSource(
    "exchange", "ext", _("Exchanges"),
    verbs=("exchange.opened", EDITED, CONFIRMED), about=_exchange_of,
    findable=_exchange_findable, rows=_exchanges, shown=_exchange_shown,
)  # fmt: skip
RESPONSES = SearchSource(
    "response", "ext", EXCHANGES.many,
    verbs=("exchange.responded", EDITED, CONFIRMED), about=_response_of,
    findable=_response_findable, rows=_responses, shown=_response_shown, within=EXCHANGES.name,
)  # fmt: skip
