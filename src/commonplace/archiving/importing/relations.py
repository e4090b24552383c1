"""What joins the texts: the asker's confirmation of an answer, and links from one exchange to another."""

from commonplace.archiving.importing.batch import NOBODY_KNOWN, Batch, Unplaced
from commonplace.archiving.records import ConfirmationRecord, LinkRecord
from commonplace.externalizing.evidence import Confirmed, Linked
from commonplace.externalizing.models import Benefit, Confirmation, ExchangeLink, LinkKind


def add_confirmation(batch: Batch, record: ConfirmationRecord) -> bool:
    exchange = batch.exchange(record.exchange)
    answer, asker = batch.answer(exchange, record.answer), batch.author(record)
    opening = batch.openings[exchange]
    if asker != opening.opener:
        raise Unplaced("only the asker can say that an answer helped")
    if twin := batch.twins.get((exchange, answer, asker)):
        return _is(batch, record, twin)
    confirmation = Confirmation(
        id=batch.new_id(record.kind, record.external_id, record.at),
        exchange_id=exchange, response_id=answer, person_id=asker, benefit=Benefit.UNKNOWN, confirmed_at=record.at,
    )  # fmt: skip
    batch.brought(record, confirmation)
    batch.twins[exchange, answer, asker] = confirmation.pk
    evidence = Confirmed(
        benefit=Benefit.UNKNOWN,
        response=answer,
        own_response=batch.answers[answer].author == asker,
        purpose=opening.purpose,
        days_after=max((record.at - opening.at).days, 0),
    )
    batch.act("exchange.confirmed", asker, confirmation, record.at, evidence, exchange)
    return True


def add_link(batch: Batch, record: LinkRecord) -> bool:
    """Archives do not tell who linked."""
    exchange, other = batch.exchange(record.exchange), batch.exchange(record.target)
    if exchange == other:
        raise Unplaced("it links an exchange to itself")
    kind = LinkKind(record.relation)
    if twin := batch.twins.get((exchange, other, kind)):
        return _is(batch, record, twin)
    if kind == LinkKind.DUPLICATE and (other, exchange, kind) in batch.twins:
        raise Unplaced("the other one says already that the same was asked here before")
    identifier = batch.new_id(record.kind, record.external_id, record.at)
    link = ExchangeLink(id=identifier, exchange_id=exchange, other_id=other, kind=kind, linked_at=record.at)
    batch.brought(record, link)
    batch.twins[exchange, other, kind] = link.pk
    batch.act("exchange.linked", NOBODY_KNOWN, link, record.at, Linked(kind=kind, other=other), exchange)
    return True


def _is(batch: Batch, record: ConfirmationRecord | LinkRecord, twin: str) -> bool:
    """A member has said the same here already."""
    batch.stands_for(record, twin)
    return False
