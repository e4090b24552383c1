"""The values of one row: numbers, times, texts. A wrong one says why."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

FIRST_YEAR: Final = 1990
LONGEST_TEXT: Final = 1_000_000
LONGEST_TITLE: Final = 200
LONGEST_NAME: Final = 120
NUMBER: Final = re.compile(r"-?\d{1,18}", re.ASCII)
LICENCES: Final = ((datetime(2011, 4, 8, tzinfo=UTC), "2.5"), (datetime(2018, 5, 2, tzinfo=UTC), "3.0"))

Fields = dict[str, str]


class Wrong(Exception):
    """The row cannot be taken in; its text is the reason. It may hang on a `post` that is missing or was set aside."""

    def __init__(self, reason: str, post: int | None = None) -> None:
        super().__init__(reason)
        self.post = "" if post is None else str(post)


def number(row: Fields, name: str) -> int:
    value = row.get(name, "")
    if not NUMBER.fullmatch(value):
        raise Wrong(f"{name} is {'no number' if value else 'missing'}")
    return int(value)


def optional_number(row: Fields, name: str) -> int | None:
    return number(row, name) if row.get(name) else None


def optional_moment(row: Fields, name: str, now: datetime) -> datetime | None:
    try:
        return moment(row, name, now)
    except Wrong:
        return None


def text(row: Fields, name: str, longest: int = LONGEST_TEXT) -> str:
    value = row.get(name, "")
    if not value.strip():
        raise Wrong(f"{name} is {'empty' if name in row else 'missing'}")
    if len(value) > longest:
        raise Wrong(f"{name} is longer than {longest} characters")
    return value


def moment(row: Fields, name: str, now: datetime) -> datetime:
    """Aware UTC; the dumps write UTC without saying so."""
    value = row.get(name, "")
    try:
        at = datetime.fromisoformat(value)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(f"{name} is {'no date' if value else 'missing'}") from None
    if at.year < FIRST_YEAR or at > now + timedelta(days=1):
        raise Wrong(f"{name} is out of range ({at:%Y-%m-%d})")
    return at


def licence(row: Fields, at: datetime) -> str:
    """As the row says; older dumps leave it to the date on which the terms changed."""
    if stated := row.get("ContentLicense", "").strip():
        return stated[:40]
    return "CC BY-SA " + next((version for until, version in LICENCES if at < until), "4.0")


def topics(row: Fields) -> tuple[str, ...]:
    """`<a><b>` in older dumps, `|a|b|` in newer ones."""
    return tuple(dict.fromkeys(topic.strip() for topic in re.split(r"[<>|]", row.get("Tags", "")) if topic.strip()))
