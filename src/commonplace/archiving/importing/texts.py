"""Questions, answers and comments: new ones, and words that changed since the last import."""

from datetime import datetime
from typing import Any

from commonplace.archiving.importing.batch import Answer, Batch, Opening, Unplaced
from commonplace.archiving.importing.topics import file_anew, file_under, topics_of
from commonplace.archiving.records import AnswerRecord, CommentRecord, ExchangeRecord
from commonplace.communities.texts import HTML, MARKDOWN
from commonplace.externalizing.evidence import Edited, Opened, Responded
from commonplace.externalizing.evidence import Words as Edits
from commonplace.externalizing.lengths import LONGEST_TITLE
from commonplace.externalizing.models import Exchange, Kind, Purpose, Response, ResponseKind, Revision
from commonplace.ledger import clock
from commonplace.ledger.locking import subject_of
from commonplace.ledger.models import HERE, Act
from commonplace.untrusted.visible import one_line

Words = ExchangeRecord | AnswerRecord | CommentRecord


def add_exchange(batch: Batch, record: ExchangeRecord) -> bool:
    opener = batch.author(record)
    exchange = Exchange(
        id=batch.new_id(record.kind, record.external_id, record.at), community=batch.community, opener_id=opener,
        kind=Kind.REQUEST, purpose=Purpose.REUSE, opened_at=record.at,
        origin=batch.run.origin, origin_url=record.url, licence=record.licence,
        **_text(batch, record), **_facts(record),
    )  # fmt: skip
    batch.brought(record, exchange)
    batch.openings[exchange.pk] = Opening(opener, record.at, Purpose.REUSE)
    topics = file_under(batch, exchange, topics_of(record), record.at)
    evidence = Opened(kind=Kind.REQUEST, purpose=Purpose.REUSE, topic_ids=topics)
    batch.act("exchange.opened", opener, exchange, record.at, evidence, exchange.pk)
    return True


def add_response(batch: Batch, record: AnswerRecord | CommentRecord) -> bool:
    exchange, about = batch.exchange(record.exchange), getattr(record, "about", "")
    on, author = batch.answer(exchange, about) if about else None, batch.author(record)
    response = Response(
        id=batch.new_id(record.kind, record.external_id, record.at),
        exchange_id=exchange, author_id=author, kind=record.kind, comments_on_id=on,
        responded_at=record.at, origin_url=record.url, licence=record.licence, **_text(batch, record), **_facts(record),
    )  # fmt: skip
    batch.brought(record, response)
    batch.answers[response.pk] = Answer(exchange, author)
    evidence = Responded(kind=ResponseKind(record.kind), by_opener=author == batch.openings[exchange].opener)
    batch.act("exchange.responded", author, response, record.at, evidence, exchange)
    return True


def edit_text(batch: Batch, record: Words, identifier: str) -> bool:
    """The new words are shown, the old ones stay in the history; words that somebody has edited here are theirs."""
    model = Exchange if isinstance(record, ExchangeRecord) else Response
    row = model.objects.filter(pk=identifier).everywhere("an import").first()
    if row is None:
        raise Unplaced("this text was removed here")
    if _was_edited_here(row):
        return False
    changed = [_reword(batch, record, row), _file_anew(batch, record, row), _tell_anew(batch, record, row)]
    if any(changed):
        evidence = Edited(text=Edits(model.__name__.lower()))
        subject = getattr(row, "exchange_id", row.pk)
        batch.act("exchange.edited", row.author_id, row, _edited_at(record), evidence, subject)
    return any(changed)


def _was_edited_here(row: Exchange | Response) -> bool:
    edited = Act.objects.about(subject_of(row)).filter(verb="exchange.edited", object=row.pk, origin=HERE)
    return edited.exists()


def _reword(batch: Batch, record: Words, row: Exchange | Response) -> bool:
    before, words = Revision(body=row.body, body_format=row.body_format), _text(batch, record)
    if all(getattr(row, name) == words[name] for name in words.keys() & {"title", "body"}):
        return False
    before.title = getattr(row, "title", "")
    setattr(before, type(row).__name__.lower(), row)
    batch.add(before)
    words["edited_at"] = _edited_at(record)
    for name, value in words.items():
        setattr(row, name, value)
    batch.change(row, *words)
    return True


def _file_anew(batch: Batch, record: Words, row: Exchange | Response) -> bool:
    if isinstance(record, ExchangeRecord) and isinstance(row, Exchange):
        return file_anew(batch, row, topics_of(record), _edited_at(record))
    return False


def _tell_anew(batch: Batch, record: Words, row: Exchange | Response) -> bool:
    facts = _facts(record)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(row, name, value)
    batch.change(row, *facts)
    return True


def _facts(record: Words) -> dict[str, Any]:
    """What became of it there: nobody here did it."""
    if isinstance(record, CommentRecord):
        return {}
    closed = {"closed_there_at": record.closed_at} if isinstance(record, ExchangeRecord) else {}
    return {"is_wiki": record.is_wiki, **closed}


def _edited_at(record: Words) -> datetime:
    return min(record.edited_at or clock.now(), clock.now())


def _text(batch: Batch, record: Words) -> dict[str, Any]:
    html = record.body_format == HTML
    made = batch.run.adapting.html(record.body) if html else batch.run.adapting.remark(record.body)
    title = {"title": one_line(record.title)[:LONGEST_TITLE] or "…"} if isinstance(record, ExchangeRecord) else {}
    form = HTML if html else MARKDOWN
    return title | {"body": record.body, "body_format": form, "html": made, "edited_at": record.edited_at}
