"""Has a record changed since the last import? Its words tell; who and when do not change."""

import hashlib

from commonplace.archiving.records import AnswerRecord, CommentRecord, ExchangeRecord, Incoming, PersonRecord


def digest(record: Incoming) -> str:
    if isinstance(record, ExchangeRecord):
        return _of(record.title, record.body, *record.topics)
    if isinstance(record, AnswerRecord | CommentRecord):
        return _of(record.body)
    return name_digest(record.name) if isinstance(record, PersonRecord) else ""


def name_digest(name: str) -> str:
    return _of(name)


def _of(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]
