"""What a reader yields: one neutral record for each record of the archive, whatever its format."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Author:
    """Who made something: the `external_id` of a person, known by a `PersonRecord` or apart by this name."""

    external_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person of the archive; `at` is when they joined, aware UTC like every time here. A `bot` is a program."""

    kind: ClassVar = "person"
    external_id: str
    at: datetime
    name: str
    url: str = ""
    bot: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeRecord:
    """A question; `body_format` is `html` or `remark` (a line of Markdown). `is_wiki`: many wrote it there."""

    kind: ClassVar = "exchange"
    external_id: str
    at: datetime
    author: Author
    title: str
    body: str
    body_format: str
    topics: tuple[str, ...] = ()
    url: str = ""
    licence: str = ""
    edited_at: datetime | None = None
    closed_at: datetime | None = None
    is_wiki: bool = False


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A response that may be confirmed; `exchange` is the external id of its exchange."""

    kind: ClassVar = "answer"
    external_id: str
    at: datetime
    author: Author
    exchange: str
    body: str
    body_format: str
    url: str = ""
    licence: str = ""
    edited_at: datetime | None = None
    is_wiki: bool = False


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A remark on the exchange, or on the answer `about`."""

    kind: ClassVar = "comment"
    external_id: str
    at: datetime
    author: Author
    exchange: str
    body: str
    body_format: str
    about: str = ""
    url: str = ""
    licence: str = ""
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfirmationRecord:
    """The asker says that `answer` helped."""

    kind: ClassVar = "confirmation"
    external_id: str
    at: datetime
    author: Author
    exchange: str
    answer: str


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One exchange points to another: `relation` is `linked` or `duplicate`."""

    kind: ClassVar = "link"
    external_id: str
    at: datetime
    exchange: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """Read and left out on purpose."""

    reason: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Broken: set aside with its place, for a person to look at; `because` is the place of the one it hangs on."""

    place: str
    reason: str
    because: str = ""


Incoming = PersonRecord | ExchangeRecord | AnswerRecord | CommentRecord | ConfirmationRecord | LinkRecord
Record = Incoming | Skipped | Quarantined
