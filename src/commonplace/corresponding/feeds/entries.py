"""What a feed says: of an open community, or one whose charter says so, what happened; of any other the title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import DateTimeField
from django.utils.crypto import salted_hmac

from commonplace.communities.contributions import News, Piece, contributed
from commonplace.communities.models import Community
from commonplace.communities.models.footing import footing, footings
from commonplace.corresponding import centre
from commonplace.corresponding.models import Notice
from commonplace.corresponding.quotable import may_be_quoted, quotable
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Place, Reading

MOST, LATELY = 50, timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """`id`: what tells it from others of its page; `words` and `who`: nothing where only the title may be told."""

    id: str
    title: str
    href: str
    at: datetime
    words: str
    who: str
    language: str


def of_community(person: Any, community: Community) -> list[Entry]:
    """What is new there for whoever reads, as on their first page: newest first, MOST at the most."""
    is_open = footing(person, community).may_read and may_be_quoted(community)
    sources = [_all(one, person, community.pk) for one in contributed(News)]
    newest = islice(merge(*sources, key=lambda both: both[1].at, reverse=True), MOST)
    return [_piece(name, piece, is_open) for name, piece in newest]


def _all(source: News, person: Any, community: str) -> Iterator[tuple[str, Piece]]:
    """Asked for as far as it is read. Some give fewer at a time than there are."""
    before = clock.now()
    while pieces := list(source.pieces(person, [community], before)):
        yield from ((source.name, piece) for piece in pieces)
        before = pieces[-1].at


def _piece(name: str, piece: Piece, is_open: bool) -> Entry:
    who = piece.who.called if is_open and piece.who and piece.who.name else ""
    words = str(piece.what) if is_open else ""
    at = f"{name}-{piece.at:%Y%m%dT%H%M%S%f}"
    return Entry(at, piece.title, piece.href, piece.at, words, who, piece.language)


def of_person(person: Any) -> list[Entry]:
    """What they were told lately, read or not; only what they may read now."""
    notices = LATEST.rows(reader=person, since=clock.now() - LATELY)
    groups = list(centre.groups(person, notices))
    quoted = quotable({group.community.pk for group in groups})
    entries = [entry for group in groups for entry in _lines(person, group, group.community.pk in quoted)]
    return sorted(entries, key=attrgetter("at", "id"), reverse=True)


def _lines(person: Any, group: centre.Group, may_be_quoted: bool) -> Iterator[Entry]:
    is_open = may_be_quoted and _may_read(person, group.lines)
    for line in group.lines:
        words, who = (f"{line.what} · {line.because}", line.notice.who) if is_open else ("", "")
        yield Entry(
            f"told-{_mark(line.notice)}", group.named.title, line.href, line.at, words, who, group.community.language
        )  # fmt: skip


def _mark(notice: Any) -> str:
    """The same each time; its number would tell how many others were told between two of one's own."""
    return salted_hmac("commonplace.feeds", str(notice.pk), algorithm="sha256").hexdigest()[:26]


def _may_read(person: Any, lines: Sequence[centre.Line]) -> bool:
    """Where somebody neither belongs nor serves they are told no more than of themselves."""
    here = footings(person).get(lines[0].notice.community_id) if lines else None
    return here is not None and here.may_read


LATEST: Reading[Notice] = Reading(
    lambda: centre.of(READER).filter(at__gt=Place("since", DateTimeField()))[: centre.MOST]
)
