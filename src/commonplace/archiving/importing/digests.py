"""Has a record changed since the last import, and is it the same? Its words tell the one, who and when the other."""

import hashlib
from datetime import datetime
from typing import Final

from commonplace.archiving.records import AnswerRecord, CommentRecord, ExchangeRecord, Incoming, PersonRecord

# Of these it is told who made them when, for ever the same; of a confirmation and a link each archive may tell another.
WHOSE: Final = PersonRecord | ExchangeRecord | AnswerRecord | CommentRecord


def digest(record: Incoming) -> str:
    if isinstance(record, ExchangeRecord):
        return _of(record.title, record.body, *record.topics, *_facts(record))
    if isinstance(record, AnswerRecord | CommentRecord):
        return _of(record.body, *_facts(record))
    return _of(record.name) if isinstance(record, PersonRecord) else ""


def moment(record: Incoming) -> datetime | None:
    return record.at if isinstance(record, WHOSE) else None


def writer(record: Incoming) -> str:
    """The external id of who wrote it."""
    return record.author.external_id if isinstance(record, ExchangeRecord | AnswerRecord | CommentRecord) else ""


def _facts(record: ExchangeRecord | AnswerRecord | CommentRecord) -> list[str]:
    closed = getattr(record, "closed_at", None)
    return [
        *(["closed", closed.isoformat()] if closed else ()),
        *(["wiki"] if getattr(record, "is_wiki", False) else ()),
    ]


def _of(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]
