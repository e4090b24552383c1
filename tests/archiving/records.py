"""Records as a reader of whatever format may yield them, right or wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from commonplace.archiving.importing.adapting import Adapting
from commonplace.archiving.importing.batch import Import
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.importing.writing import write
from commonplace.archiving.records import (
    AnswerRecord,
    Author,
    CommentRecord,
    ConfirmationRecord,
    ExchangeRecord,
    LinkRecord,
    PersonRecord,
    Record,
)
from tests.story import Story

DAY = datetime(2016, 8, 2, 9, tzinfo=UTC)
ADA, BEN = Author("1", "Ada"), Author("2", "Ben")


def person(author: Author, **more: Any) -> PersonRecord:
    return PersonRecord(**{"external_id": author.external_id, "at": DAY, "name": author.name, **more})


def question(number: str, **more: Any) -> ExchangeRecord:
    made = {"external_id": number, "at": DAY, "author": ADA, "title": f"Question {number}", "body": "Why?"}
    return ExchangeRecord(**{**made, "body_format": "remark", "topics": ("pumps",), **more})


def answer(number: str, of: str, **more: Any) -> AnswerRecord:
    made = {"external_id": number, "at": DAY, "author": BEN, "exchange": of, "body": "Because."}
    return AnswerRecord(**{**made, "body_format": "remark", **more})


def comment(number: str, on: str, **more: Any) -> CommentRecord:
    made = {"external_id": number, "at": DAY, "author": BEN, "exchange": on, "body": "Since when?"}
    return CommentRecord(**{**made, "body_format": "remark", **more})


def confirmation(of: str, within: str, **more: Any) -> ConfirmationRecord:
    return ConfirmationRecord(**{"external_id": of, "at": DAY, "author": ADA, "exchange": within, "answer": of, **more})


def link(number: str, one: str, other: str, relation: str = "linked") -> LinkRecord:
    return LinkRecord(number, DAY, one, other, relation)


def brought(story: Story, *records: Record | Sequence[Record]) -> Tally:
    """The records, on their way through one import by the story's facilitator."""
    adapting = Adapting("", lambda path: iter(()), lambda target: "")
    return write(records, Import(story.facilitator, story.community, "records", adapting, {}))  # type: ignore[arg-type]


def aside(tally: Tally) -> list[tuple[str, str]]:
    return [(one.place, one.reason) for one in tally.quarantined]
