"""The status of an exchange, folded from the ledger."""

from commonplace.externalizing.evidence import Responded
from commonplace.externalizing.models import Exchange, Status
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span


def _statuses(span: Span) -> dict[str, str]:
    rows = Exchange.objects.filter(span.within("pk")).everywhere("check").with_status()
    return dict(rows.values_list("pk", "status"))


status: Reducer[str] = Reducer("exchange", "", _statuses)


@status.on("exchange.opened")
def _opened(before: str, act: Recorded, evidence: Evidence) -> str:
    return Status.OPEN


@status.on("exchange.responded")
def _responded(before: str, act: Recorded, evidence: Responded) -> str:
    return Status.ANSWERED if before == Status.OPEN and not evidence.by_opener else before


@status.on("exchange.confirmed")
def _confirmed(before: str, act: Recorded, evidence: Evidence) -> str:
    return Status.RESOLVED


@status.on("exchange.closed")
def _closed(before: str, act: Recorded, evidence: Evidence) -> str:
    return before if before == Status.RESOLVED else Status.UNRESOLVED
