"""What an exchange and a topic have come to, folded from the ledger; and the same read from the rows."""

from typing import Any

from django.db.models import Count

from commonplace.externalizing.evidence import Closed, Confirmed, Opened, Responded, TopicMerged
from commonplace.externalizing.models import (
    Closing,
    Confirmation,
    Exchange,
    ExchangeLink,
    ExchangeQuerySet,
    Response,
    Status,
    Topic,
)
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span

Helped = tuple[str, ...]
NAMED = "named"


def _statuses(span: Span) -> dict[str, str]:
    return dict(_exchanges(span).with_status().values_list("pk", "status"))


def _purposes(span: Span) -> dict[str, str]:
    return dict(_exchanges(span).values_list("pk", "purpose"))


def _exchanges(span: Span) -> ExchangeQuerySet:
    return Exchange.objects.filter(span.within("pk")).everywhere("check")


def _helped(span: Span) -> dict[str, Helped]:
    by_exchange: dict[str, Helped] = {}
    rows = Confirmation.objects.filter(span.within("exchange")).everywhere("check")
    for exchange, response in rows.values_list("exchange", "response"):
        by_exchange[exchange] = _with(by_exchange.get(exchange, ()), response or "")
    return by_exchange


def _with(before: Helped, response: str) -> Helped:
    return tuple(sorted((*before, response)))


def _topics(span: Span) -> dict[str, str]:
    rows = Topic.objects.filter(span.within("pk")).everywhere("check").values_list("pk", "merged_into")
    return {pk: into or NAMED for pk, into in rows}


def _counted(name: str, model: Any, verb: str) -> None:
    """An exchange has as many of these rows as it has acts that write one."""

    def rows(span: Span) -> dict[str, int]:
        mine = model.objects.filter(span.within("exchange")).everywhere("check").order_by()
        return dict(mine.values("exchange").annotate(count=Count("pk")).values_list("exchange", "count"))

    reducer: Reducer[int] = Reducer(name, 0, rows)
    reducer.on(verb)(_one_more)


def _one_more(before: int, act: Recorded, evidence: Evidence) -> int:
    return before + 1


status: Reducer[str] = Reducer("exchange", "", _statuses)
purpose: Reducer[str] = Reducer("purpose of exchange", "", _purposes)
helped: Reducer[Helped] = Reducer("what helped in exchange", (), _helped)
topics: Reducer[str] = Reducer("topic", "", _topics)
_counted("responses in exchange", Response, "exchange.responded")
_counted("closings of exchange", Closing, "exchange.closed")
_counted("links from exchange", ExchangeLink, "exchange.linked")


@status.on("exchange.opened")
def _opened(before: str, act: Recorded, evidence: Opened) -> str:
    return Status.OPEN


@status.on("exchange.responded")
def _responded(before: str, act: Recorded, evidence: Responded) -> str:
    return Status.ANSWERED if before == Status.OPEN and not evidence.by_opener else before


@status.on("exchange.confirmed")
def _confirmed(before: str, act: Recorded, evidence: Confirmed) -> str:
    return Status.RESOLVED


@status.on("exchange.closed")
def _closed(before: str, act: Recorded, evidence: Closed) -> str:
    return before if before == Status.RESOLVED else Status.UNRESOLVED


@purpose.on("exchange.opened", "exchange.closed")
def _classified(before: str, act: Recorded, evidence: Opened | Closed) -> str:
    return evidence.purpose


@helped.on("exchange.confirmed")
def _this_helped(before: Helped, act: Recorded, evidence: Confirmed) -> Helped:
    return _with(before, evidence.response)


@topics.on("topic.named")
def _named(before: str, act: Recorded, evidence: Evidence) -> str:
    return NAMED


@topics.on("topic.merged")
def _merged(before: str, act: Recorded, evidence: TopicMerged) -> str:
    return evidence.into
