"""What belongs to an exchange: whose each response is, what helped whom, who closed it and why, where it points."""

from commonplace.externalizing.evidence import Closed, Confirmed, Linked, Responded
from commonplace.externalizing.models import Closing, Confirmation, ExchangeLink, Response, Thanks
from commonplace.ledger.evidence import Nothing
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, gathered, of_each

responses = of_each("response", Response, "exchange", "exchange", "author", "kind")
confirmations = of_each("confirmation", Confirmation, "exchange", "exchange", "response", "person", "benefit")
closings = of_each("closing", Closing, "exchange", "exchange", "person", "purpose", "why_unresolved")
links = of_each("link", ExchangeLink, "exchange", "exchange", "other", "kind", "person")


def _thanked_by(span: Span) -> dict[str, set[str]]:
    rows = Thanks.objects.filter(span.within("response__exchange")).everywhere("check")
    return gathered(rows.values_list("response", "person"))


thanks: Reducer[set[str]] = Reducer("thanks for response", set, _thanked_by, by="object")


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


@thanks.on("response.thanked")
def _thanked(before: set[str], act: Recorded, evidence: Nothing) -> set[str]:
    return before | {act.actor}


@thanks.on("response.thanks_withdrawn")
def _taken_back(before: set[str], act: Recorded, evidence: Nothing) -> set[str]:
    return before - {act.actor}
