"""The list of members: found by name, unit, what they say of themselves, and topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from commonplace.communities.contributions import contributed
from commonplace.communities.known_for import of_members
from commonplace.communities.models import AskedAbout, Community, KnownFor, Membership
from commonplace.communities.paging import Page, listed
from commonplace.communities.portrayed import named
from commonplace.communities.subjects import Subject, Subjects
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.untrusted.visible import folded

MOST_WORDS, LONGEST_WORD = 12, 100
WHY = "whoever sees a member sees what they are found under"


@dataclass(frozen=True, slots=True)
class Said:
    """What one member says they may be asked about."""

    words: str
    subjects: Sequence[Subject]


def matching(reader: Any, sought: str, community: Community | None = None) -> Any:
    """Members of the reader's communities of whom each word that was typed is held by the name, the unit, the words or
    a topic."""
    return _matching(reader, _words(sought), community)


def members_found(reader: Any, sought: str, community: Community | None, asked: Mapping[str, str]) -> Page[Membership]:
    """The same in pages, as far as they have one of their own to lead to; each with its `words`. Nobody by no word."""
    words = _words(sought)
    rows = _shown(reader, words, community) if words else Membership.objects.visible_to(reader).none()
    return listed(rows, asked, by=("person__name", "pk"))


def first_found(reader: Any, sought: str, community: Community | None, most: int) -> Page[Membership]:
    """The first of them, by one statement."""
    words = {f"word_{n}": word for n, word in enumerate(_words(sought))}
    within = {"community": community.pk} if community else {}
    rows = _first(len(words), bool(within), most).rows(reader=reader, **words, **within) if words else []
    return Page(rows[:most], older=rows[most - 1].pk if len(rows) > most else "", by_name=True)


@cache
def _first(words: int, within: bool, most: int) -> Reading[Membership]:
    typed = [Place(f"word_{n}") for n in range(words)]
    community = Place("community") if within else None
    return Reading(lambda: _shown(READER, typed, community).order_by("person__name", "pk")[: most + 1])


def _matching(reader: Any, words: Sequence[Any], community: Any) -> Any:
    rows = Membership.objects.visible_to(reader).current()
    rows = rows.filter(community=community) if community else rows
    for word in words:
        rows = rows.filter(_holding(reader, word))
    return rows


def _shown(reader: Any, words: Sequence[Any], community: Any) -> Any:
    rows = _matching(reader, words, community).filter(person__email__isnull=False, person__is_active=True)
    known = KnownFor.objects.filter(community=OuterRef("community"), person=OuterRef("person")).everywhere(WHY)
    return rows.annotate(words=Subquery(known.values("words"))).select_related("person__unit", "community")


def _words(sought: str) -> list[str]:
    """Folding leaves none of what nobody sees, and so no NUL."""
    return [word[:LONGEST_WORD] for word in folded(sought).replace('"', " ").split()[:MOST_WORDS]]


def _holding(reader: Any, word: Any) -> Q:
    saying = Q(words__folded__contains=word)
    for kind in contributed(Subjects):
        saying |= _under(kind.resembling(reader, word))
    known = of_members(reader).filter(saying, community=OuterRef("community"), person=OuterRef("person"))
    return Q(person__name__folded__contains=word) | Q(person__unit__folded__contains=word) | Q(Exists(known))


def askable_about(reader: Any, community: Community, topic: Subject) -> Any:
    """Members who may be asked about it."""
    rows = Membership.objects.visible_to(reader).filter(community=community).current()
    known = of_members(reader, community).filter(_under(topic.ids), person=OuterRef("person"))
    return rows.filter(Exists(known))


def _under(topics: Any) -> Q:
    under = AskedAbout.objects.filter(known_for=OuterRef("pk"), topic__in=topics)
    return Q(Exists(under.everywhere(WHY)))


def said_by(reader: Any, community: Community, people: Sequence[str]) -> Mapping[str, Said]:
    """Of these people, by their id, those who say something."""
    rows = KnownFor.objects.visible_to(reader).filter(community=community, person__in=people)
    known = list(rows.prefetch_related("topics"))
    ids = {one.topic for row in known for one in row.topics.all()}
    subjects = list(named(reader, community, ids))
    return {row.person_id: Said(row.words, _of(row, subjects)) for row in known}


def _of(row: KnownFor, subjects: Sequence[Subject]) -> list[Subject]:
    mine = {one.topic for one in row.topics.all()}
    return [one for one in subjects if mine & set(one.ids)]
