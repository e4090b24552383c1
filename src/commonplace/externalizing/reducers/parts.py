"""What belongs to an exchange: whose each response is, what helped whom, who closed it and why, where it points."""

from commonplace.externalizing.evidence import Closed, Confirmed, Linked, Responded
from commonplace.externalizing.models import Closing, Confirmation, ExchangeLink, Response
from commonplace.ledger.replay import Recorded, Row, of_each

responses = of_each("response", Response, "exchange", "exchange", "author", "kind")
confirmations = of_each("confirmation", Confirmation, "exchange", "exchange", "response", "person", "benefit")
closings = of_each("closing", Closing, "exchange", "exchange", "person", "purpose", "why_unresolved")
links = of_each("link", ExchangeLink, "exchange", "exchange", "other", "kind", "person")


@responses.on("exchange.responded")
def _responded(before: Row, act: Recorded, evidence: Responded) -> Row:
    return act.subject, act.actor, evidence.kind.value


@confirmations.on("exchange.confirmed")
def _confirmed(before: Row, act: Recorded, evidence: Confirmed) -> Row:
    return act.subject, evidence.response or None, act.actor, evidence.benefit.value


@closings.on("exchange.closed")
def _closed(before: Row, act: Recorded, evidence: Closed) -> Row:
    return act.subject, act.actor, evidence.purpose.value, evidence.why.value if evidence.why else ""


@links.on("exchange.linked")
def _linked(before: Row, act: Recorded, evidence: Linked) -> Row:
    return act.subject, evidence.other, evidence.kind.value, act.actor or None
