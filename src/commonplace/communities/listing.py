"""The list of members: found by name, unit, what they say of themselves, and topic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonplace.communities.contributions import contributed
from commonplace.communities.known_for import of_members
from commonplace.communities.models import AskedAbout, Community, KnownFor, Membership
from commonplace.communities.portrayed import named
from commonplace.communities.subjects import Subject, Subjects
from commonplace.untrusted.visible import folded

WHY = "whoever sees a member sees what they are found under"


@dataclass(frozen=True, slots=True)
class Said:
    """What one member says they may be asked about."""

    words: str
    subjects: Sequence[Subject]


def matching(reader: Any, community: Community, sought: str) -> Any:
    """Members of whom the name, the unit, the words or a topic holds what was typed."""
    rows = Membership.objects.visible_to(reader).filter(community=community).current()
    if not sought:
        return rows
    typed = folded(sought)
    saying = Q(words__folded__contains=typed) | _under(_resembling(reader, community, sought))
    known = of_members(reader, community).filter(saying, person=OuterRef("person"))
    by_name = Q(person__name__folded__contains=typed) | Q(person__unit__folded__contains=typed)
    return rows.filter(by_name | Exists(known))


def askable_about(reader: Any, community: Community, topic: Subject) -> Any:
    """Members who may be asked about it."""
    rows = Membership.objects.visible_to(reader).filter(community=community).current()
    known = of_members(reader, community).filter(_under(topic.ids), person=OuterRef("person"))
    return rows.filter(Exists(known))


def _under(topics: Sequence[str]) -> Q:
    under = AskedAbout.objects.filter(known_for=OuterRef("pk"), topic__in=topics)
    return Q(Exists(under.everywhere(WHY)))


def _resembling(reader: Any, community: Community, sought: str) -> list[str]:
    kinds = (one.resembling(reader, community, sought) for one in contributed(Subjects))
    return [pk for subjects in kinds for subject in subjects for pk in subject.ids]


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
