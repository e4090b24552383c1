"""Who opened an exchange, how it stands, and its purpose."""

from commonplace.externalizing.evidence import Closed, Confirmed, Opened, Responded
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Status
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, of_each


def _statuses(span: Span) -> dict[str, str]:
    return dict(_exchanges(span).with_status().values_list("pk", "status"))


def _purposes(span: Span) -> dict[str, str]:
    return dict(_exchanges(span).values_list("pk", "purpose"))


def _exchanges(span: Span) -> ExchangeQuerySet:
    return Exchange.objects.filter(span.within("pk")).everywhere("check")


status: Reducer[str] = Reducer("exchange", str, _statuses)
purpose: Reducer[str] = Reducer("purpose of exchange", str, _purposes)
opening = of_each("opening of exchange", Exchange, "pk", "community", "opener", "kind")


@opening.on("exchange.opened")
def _begun(before: Row, act: Recorded, evidence: Opened) -> Row:
    return act.community, act.actor, evidence.kind.value


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
