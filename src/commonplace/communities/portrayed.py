"""A person in a community, as one reader finds them there: who they are, what they may be asked, what they show."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from commonplace.communities.contributions import contributed
from commonplace.communities.models import Community, KnownFor, Membership, Person, Role
from commonplace.communities.portraits import MOST_DEEDS, Deed, Portrait
from commonplace.communities.subjects import Subject, Subjects


@dataclass(frozen=True, slots=True)
class Part:
    """Of what they did, one kind that they show; `more`: than is listed."""

    phase: str
    heading: str
    deeds: Sequence[Deed]
    more: bool


@dataclass(frozen=True, slots=True)
class Portrayed:
    """`membership`: None, for whoever only serves, or left. `known_for`: None, if they say nothing of themselves."""

    person: Person
    membership: Membership | None
    roles: Sequence[Role]
    known_for: KnownFor | None
    subjects: Sequence[Subject]
    parts: Sequence[Part]

    @property
    def is_gone(self) -> bool:
        return self.membership is None and not self.roles

    @property
    def says_nothing(self) -> bool:
        return not (self.known_for and self.known_for.words) and not self.subjects


def portrayed(reader: Any, community: Community, pk: str) -> Portrayed | None:
    """None: nobody who can come in belongs or serves here by that id, or did."""
    here = {"community": community, "person": pk, "person__email__isnull": False}
    shown = ("person__unit", "community")
    memberships = list(Membership.objects.visible_to(reader).filter(**here).select_related(*shown))
    served = Role.objects.visible_to(reader).filter(**here, accepted_at__isnull=False)
    roles = list(served.select_related(*shown).order_by("granted_at"))
    if not memberships and not roles:
        return None
    current = next((one for one in memberships if one.left_at is None), None)
    serving = [one for one in roles if one.ended_at is None]
    person = memberships[0].person if memberships else roles[0].person
    return _as_shown(reader, person, current, serving)


def _as_shown(reader: Any, person: Person, membership: Membership | None, roles: Sequence[Role]) -> Portrayed:
    """Whoever belongs no more shows nothing."""
    if membership is None:
        return Portrayed(person, None, roles, None, [], [])
    community = membership.community
    rows = KnownFor.objects.visible_to(reader).filter(community=community, person=person.pk)
    known = rows.prefetch_related("topics").first()
    subjects = list(named(reader, community, [one.topic for one in known.topics.all()])) if known else []
    parts = list(_parts(reader, person, community, shown_by(known)))
    return Portrayed(person, membership, roles, known, subjects, parts)


def shown_by(known: KnownFor | None) -> Collection[str]:
    """What they chose, else what stands by their name on pages anyway."""
    return known.shows if known else [one.name for one in contributed(Portrait) if one.is_usual]


def named(reader: Any, community: Community, ids: Collection[str]) -> Iterator[Subject]:
    for one in contributed(Subjects) if ids else ():
        yield from one.named(reader, community, ids)


def _parts(reader: Any, person: Person, community: Community, chosen: Collection[str]) -> Iterator[Part]:
    for one in contributed(Portrait):
        if one.name in chosen and (deeds := list(one.deeds(reader, person, community))):
            heading = one.mine if person.pk == reader.pk else one.heading
            yield Part(one.phase, str(heading), deeds[:MOST_DEEDS], len(deeds) > MOST_DEEDS)
