"""Questions, answers and comments: new ones, and words that changed since the last import."""

from datetime import datetime
from typing import Any

from commonplace.archiving.importing.batch import Batch, Unplaced
from commonplace.archiving.records import AnswerRecord, CommentRecord, ExchangeRecord
from commonplace.communities.texts import HTML, MARKDOWN, shown
from commonplace.externalizing.evidence import Edited, Opened, Responded, TopicNamed
from commonplace.externalizing.evidence import Words as Edits
from commonplace.externalizing.models import (
    Exchange,
    Kind,
    Purpose,
    Response,
    ResponseKind,
    Revision,
    Topic,
    TopicAlias,
    folded,
)
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from commonplace.untrusted.markdown import render_line

LONGEST_TITLE, LONGEST_TOPIC = 200, 60
Words = ExchangeRecord | AnswerRecord | CommentRecord


def add_exchange(batch: Batch, record: ExchangeRecord) -> bool:
    opener, topics = batch.author(record), topics_of(record)
    exchange = Exchange(
        id=batch.new_id(record.kind, record.external_id, record.at), community=batch.community, opener_id=opener,
        kind=Kind.REQUEST, purpose=Purpose.REUSE, title=record.title[:LONGEST_TITLE], opened_at=record.at,
        origin=batch.bringing.origin, origin_url=record.url, licence=record.licence, **_text(record),
    )  # fmt: skip
    batch.brought(record, exchange)
    batch.openers[exchange.pk] = opener
    topic_ids = _put_under(batch, exchange, topics, opener, record.at)
    evidence = Opened(kind=Kind.REQUEST, purpose=Purpose.REUSE, topic_ids=topic_ids)
    batch.act("exchange.opened", opener, exchange, record.at, evidence, exchange.pk)
    return True


def add_response(batch: Batch, record: AnswerRecord | CommentRecord) -> bool:
    exchange, about = batch.public_id("exchange", record.exchange), getattr(record, "about", "")
    on, author = batch.public_id("answer", about) if about else None, batch.author(record)
    response = Response(
        id=batch.new_id(record.kind, record.external_id, record.at),
        exchange_id=exchange, author_id=author, kind=record.kind, comments_on_id=on,
        responded_at=record.at, origin_url=record.url, licence=record.licence, **_text(record),
    )  # fmt: skip
    batch.brought(record, response)
    batch.authors[response.pk] = author
    evidence = Responded(kind=ResponseKind(record.kind), by_opener=author == batch.openers[exchange])
    batch.act("exchange.responded", author, response, record.at, evidence, exchange)
    return True


def edit_text(batch: Batch, record: Words, identifier: str) -> bool:
    """The new words are shown; the old ones stay in the history."""
    model = Exchange if isinstance(record, ExchangeRecord) else Response
    row = model.objects.filter(pk=identifier).everywhere("an import").first()
    if row is None:
        raise Unplaced("this text was removed here")
    at, noun = record.edited_at or clock.now(), type(row).__name__.lower()
    batch.add(Revision(body=row.body, body_format=row.body_format, title=getattr(row, "title", ""), **{noun: row}))
    for name, value in (_text(record) | {"edited_at": at}).items():
        setattr(row, name, value)
    batch.change(row, *_text(record), "edited_at")
    if isinstance(row, Exchange) and isinstance(record, ExchangeRecord):
        _retitle(batch, row, record)
    batch.act("exchange.edited", row.author_id, row, at, Edited(text=Edits(noun)), getattr(row, "exchange_id", row.pk))
    return True


def _retitle(batch: Batch, exchange: Exchange, record: ExchangeRecord) -> None:
    exchange.title = record.title[:LONGEST_TITLE]
    batch.change(exchange, "title")
    with writing():
        exchange.filed_under.clear()
    _put_under(batch, exchange, topics_of(record), exchange.opener_id, record.at)


def _put_under(batch: Batch, exchange: Exchange, names: list[str], by: str, at: datetime) -> list[str]:
    filed = [batch.topics.get(folded(name)) or _named(batch, name, by, at) for name in names]
    for alias in {alias for alias, _ in filed}:
        batch.add(Exchange.filed_under.through(exchange_id=exchange.pk, topicalias_id=alias))
    return sorted({topic for _, topic in filed})


def _named(batch: Batch, name: str, by: str, at: datetime) -> tuple[str, str]:
    topic = Topic(community=batch.community, name=name)
    alias = TopicAlias(community=batch.community, topic_id=topic.pk, name=name, folded=folded(name))
    batch.add(topic)
    batch.add(alias)
    batch.act("topic.named", by, topic, at, TopicNamed(), topic.pk)
    batch.topics[alias.folded] = alias.pk, topic.pk
    return batch.topics[alias.folded]


def topics_of(record: ExchangeRecord) -> list[str]:
    names = (" ".join(topic.split())[:LONGEST_TOPIC] for topic in record.topics)
    return list({folded(name): name for name in names if folded(name)}.values())


def _text(record: Words) -> dict[str, Any]:
    html = record.body_format == HTML
    made = shown(record.body, HTML) if html else render_line(record.body)
    return {"body": record.body, "body_format": HTML if html else MARKDOWN, "html": made, "edited_at": record.edited_at}
