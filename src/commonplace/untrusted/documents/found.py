"""What comes out of documents: one that was read whole, one that was set aside, and what else is to be known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from commonplace.untrusted.documents.reasons import sentence
from commonplace.untrusted.visible import folded


class Authority(StrEnum):
    """By whose word it is in force."""

    IMPOSED = "imposed"
    AGREED_ELSEWHERE = "agreed_elsewhere"
    HABIT = "habit"
    UNKNOWN = "unknown"


class Exactness(StrEnum):
    """How much of a date was written; the rest of it stands at its beginning."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Order(StrEnum):
    """What stands first in a date that is written in numbers."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Since:
    """Since when it has been in force or in use. `month_first`: what it is as well, of one that reads two ways;
    `order`: how the others of its column are written, where they say; `written`: in its own words."""

    day: date
    exact_to: Exactness = Exactness.DAY
    month_first: date | None = None
    order: Order | None = None
    written: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stood: the file below what was given, of a table the sheet and the row, as a spreadsheet counts."""

    file: str
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        pieces = [self.file]
        if self.sheet:
            pieces.append(_("sheet %(name)s") % {"name": self.sheet})
        if self.row:
            pieces.append(_("row %(number)s") % {"number": self.row})
        return ", ".join(filter(None, pieces))


@dataclass(frozen=True, slots=True)
class Parts:
    """Markdown; whatever stands under no heading of a part is in `how`."""

    when: str = ""
    how: str = ""
    why: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """From the text to a file that was given beside it: the address as it stands in the text, and the file."""

    address: str
    file: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A document, whole. `fields` has what else was written of it, by our name for it or else by its own heading."""

    place: Place
    title: str
    parts: Parts
    fields: Mapping[str, str] = field(default_factory=dict)
    authority: Authority | None = None
    since: Since | None = None
    links: tuple[Link, ...] = ()

    def under(self, heading: str) -> str:
        """What was written under a heading, however it was spelled."""
        return next((words for name, words in self.fields.items() if folded(name) == folded(heading)), "")


@dataclass(frozen=True, slots=True)
class _Remark:
    """`why` is a name of `reasons.SENTENCES`."""

    place: Place
    why: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """What to do, in the language of whoever reads it."""
        return sentence(self.why, self.values)


@dataclass(frozen=True, slots=True)
class Refused(_Remark):
    """A file, a sheet or a row that is set aside, nothing of it taken. `known`: its title, key and source, where they
    could be read all the same."""

    known: Mapping[str, str] = field(default_factory=dict)


class Noted(_Remark):
    """What was left out of one that is read, or not understood: nothing is lost in silence."""

    __slots__ = ()


Read = Found | Refused | Noted
