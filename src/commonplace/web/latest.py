"""What is new on home: by community, each subject once with the newest that happened to it, and what was before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonplace.communities.contributions import Need, Piece
from commonplace.communities.dates import localdate
from commonplace.ledger import clock

MOST_BEFORE = 5


@dataclass(slots=True)
class Subject:
    """`piece`: the newest; `more`: how much else happened to it, `is_new`: unread, for it was not done by oneself."""

    piece: Piece
    is_new: bool
    more: int = 0


@dataclass(slots=True)
class Here:
    """Of one community."""

    title: str
    language: str
    slug: str
    subjects: list[Subject] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Latest:
    """`next`: before when the next page begins, if there is more."""

    new: list[Here]
    before: list[Here]
    next: datetime | None


def latest(person: Any, pieces: Sequence[Piece], since: datetime | None, needs: Sequence[Need], page: int) -> Latest:
    """Of pieces, newest first. What needs the reader is said above. What was before the last visit is cut short, for
    the next page has it."""
    above = _Told({subject for need in needs for subject in need.subjects})
    new = [piece for piece in pieces[:page] if since and piece.at > since]
    groups = above.grouped(new, person.pk, since)
    old, rest = above.first(pieces[len(new) : page], MOST_BEFORE if since else page)
    is_more = bool(rest or pieces[page:])
    seen = [*new, *old]
    return Latest(groups, above.grouped(old, person.pk, since), seen[-1].at if seen and is_more else None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said already."""

    subjects: set[str]

    def grouped(self, pieces: Iterable[Piece], me: str, since: datetime | None) -> list[Here]:
        """And these are said then."""
        places: dict[str, Here] = {}
        subjects: dict[str, Subject] = {}
        for piece in pieces:
            if known := subjects.get(piece.subject):
                known.more += 1
            elif piece.subject not in self.subjects:
                is_new = bool(since and piece.at > since) and (piece.who is None or piece.who.pk != me)
                subjects[piece.subject] = one = Subject(piece, is_new)
                place = places.setdefault(piece.slug, Here(piece.community, piece.language, piece.slug))
                place.subjects.append(one)
        self.subjects.update(subjects)
        return list(places.values())

    def first(self, pieces: Sequence[Piece], most: int) -> tuple[Sequence[Piece], Sequence[Piece]]:
        """Those of no more than so many subjects that are not said yet, and the rest."""
        shown: set[str] = set()
        for at, piece in enumerate(pieces):
            if piece.subject not in self.subjects | shown and len(shown) == most:
                return pieces[:at], pieces[at:]
            shown |= {piece.subject} - self.subjects
        return pieces, []


def since_when(moment: datetime) -> str:
    """As one would say it to somebody: an hour of today, a day of this week, else its date."""
    then, now = timezone.localtime(moment), timezone.localtime(clock.now())
    days = (now.date() - then.date()).days
    if days == 0:
        return formats.date_format(then, "TIME_FORMAT")
    if days == 1:
        return _("yesterday")
    return (
        formats.date_format(then, "l") if days < 7 else pgettext("since a day", "%(day)s") % {"day": localdate(moment)}
    )
