"""Who welcomes newcomers: whoever has offered to; until somebody does, whoever facilitates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.known_for import words_of
from commonplace.communities.models import Community, Membership, Person, Role, RoleKind, Welcoming
from commonplace.communities.zones import today
from commonplace.ledger import clock
from commonplace.ledger.reading import READER, Place, Reading

MOST_NAMED, MOST_FACES = 3, 4
TOLD = "whoever offered to welcome newcomers is told of each, and each of them"


def _offered() -> Any:
    here = Welcoming.objects.visible_to(READER).able().filter(membership__community=Place("community"))
    return here.select_related("membership__person").order_by("since", "pk")


OFFERED: Reading[Welcoming] = Reading(_offered)


def welcomers(person: Any, community: Community) -> list[Person]:
    """As fellow members see them, whoever offered first."""
    return [one.membership.person for one in OFFERED.rows(reader=person, community=community.pk)]


def to_be_told(community: str) -> list[str]:
    """Ids of whoever offered."""
    here = Welcoming.objects.able().filter(membership__community=community).everywhere(TOLD)
    return list(here.values_list("membership__person", flat=True))


def is_new(person: Any, community: Community) -> bool:
    """One of whose hello whoever welcomes is told."""
    mine = Membership.objects.visible_to(person).filter(community=community, person=person.pk).current()
    return any(one.is_newcomer(clock.now()) for one in mine.select_related("community"))


def in_words(person: Any, community: Community) -> str:
    """For whoever has just become a member: whom to ask anything."""
    names = _names(welcomers(person, community), person)
    if names:
        words = ngettext("%(names)s welcomes newcomers: ask anything.", "%(names)s welcome newcomers: ask anything.",
                         len(names))  # fmt: skip
    else:
        names = _names(_tending(community), person)
        words = ngettext("%(names)s facilitates: ask anything.", "%(names)s facilitate: ask anything.",
                         len(names))  # fmt: skip
    return words % {"names": _together(names)} if names else ""


def who_answers(person: Any, community: Community) -> str:
    """For whoever says hello."""
    names = _names(welcomers(person, community), person) or _names(_tending(community), person)
    words = ngettext("%(names)s reads it first and answers.", "%(names)s read it first and answer.", len(names))
    return words % {"names": _together(names)} if names else ""


def _names(people: Sequence[Person], person: Any) -> list[str]:
    """Of the first few, without their reader."""
    return [one.called for one in people if one.pk != person.pk][:MOST_NAMED]


def _tending(community: Community) -> list[Person]:
    """Who is here: of whoever is away, who stands in."""
    roles = Role.objects.filter(community=community).tended(today()).everywhere(TOLD)
    rows = roles.select_related("person", "stand_in").order_by("granted_at", "pk")
    here = (role.stand_in if role.is_away else role.person for role in rows)
    return list({one.pk: one for one in here if one}.values())


def _together(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@dataclass(frozen=True, slots=True)
class Face:
    """Somebody whom a newcomer can turn to: whether they welcome newcomers, the role in which they facilitate, and in
    what words they say what to ask them about."""

    person: Person
    welcomes: bool = False
    role: Role | None = None
    words: str = ""


def turned_to(reader: Any, community: Community, welcoming: Sequence[Person], serving: Sequence[Role]) -> list[Face]:
    """The first few, each with what they may be asked about."""
    few = faces(welcoming, serving)[:MOST_FACES]
    words = words_of(reader, community, [one.person.pk for one in few])
    return [replace(one, words=words.get(one.person.pk, "")) for one in few]


def faces(welcoming: Sequence[Person], serving: Sequence[Role]) -> list[Face]:
    """First who welcomes, then who facilitates; each once."""
    tending = facilitating(serving)
    first = [Face(person, True, tending.pop(person.pk, None)) for person in welcoming]
    return [*first, *(Face(role.person, role=role) for role in tending.values())]


def facilitating(serving: Sequence[Role]) -> dict[str, Role]:
    """By whose it is, of these roles those of facilitators who can still come in."""
    able = (role for role in serving if role.person.is_active and not role.person.is_unclaimed)
    return {role.person_id: role for role in able if role.kind == RoleKind.FACILITATOR}
