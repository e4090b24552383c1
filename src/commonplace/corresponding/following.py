"""One's own marks: what one follows, what one has muted. Each is a thread, a topic or a person of one community."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from commonplace.communities.models import Community, Membership, Person
from commonplace.corresponding import threads
from commonplace.corresponding.models import PERSON, TOPIC, Following
from commonplace.corresponding.unread import FOLLOWED, MUTED
from commonplace.externalizing.models import Topic

MOST = 1_000
WHY = "one's own marks"


@dataclass(frozen=True, slots=True)
class Followed:
    kind: str
    of: str
    title: str
    href: str
    muted: bool


def mark(person: Any, community: Community, kind: str, of: str, how: str) -> Followed | None:
    """Follow it, mute it, or neither (`how` ""); None: there is nothing of that id that this person may read."""
    row = next(_rows(kind, person, community, [of]), None)
    if row is not None and how in (FOLLOWED, MUTED):
        _put(Following(person_id=person.pk, community=community, kind=kind, of=of, muted=how == MUTED))
    elif row is not None:
        Following.objects.filter(person=person.pk, community=community, of=of).everywhere(WHY).delete()
    return row


def _put(made: Following) -> None:
    """In place of the one before, in one statement: pressed twice at once it is done once."""
    Following.objects.everywhere(WHY).bulk_create(
        [made],
        update_conflicts=True,
        unique_fields=["person", "of", "community"],
        update_fields=["kind", "muted", "at"],
    )


def marked(person: Any, community: Community) -> list[Followed]:
    """All of one's own here that can still be read, as they are called now."""
    mine = Following.objects.visible_to(person).filter(community=community).order_by("-pk")[:MOST]
    muted = {row.of: row.muted for row in mine}
    by_kind: dict[str, list[str]] = {}
    for row in mine:
        by_kind.setdefault(row.kind, []).append(row.of)
    rows = (one for kind, ids in by_kind.items() for one in _rows(kind, person, community, ids))
    return [Followed(one.kind, one.of, one.title, one.href, muted[one.of]) for one in rows]


def _rows(kind: str, person: Any, community: Community, ids: list[str]) -> Iterator[Followed]:
    return NAMED[kind](person, community, ids) if kind in NAMED else _threads(kind, person, community, ids)


def _threads(kind: str, person: Any, community: Community, ids: list[str]) -> Iterator[Followed]:
    """Of this community alone: who acts elsewhere is told to nobody here."""
    for (_kind, of), named in threads.named(person, ((kind, one) for one in ids)).items():
        if named.community.pk == community.pk:
            yield Followed(kind, of, named.title, named.href, False)


def _topics(person: Any, community: Community, ids: list[str]) -> Iterator[Followed]:
    for topic in Topic.objects.visible_to(person).current().filter(community=community, pk__in=ids):
        at = reverse("topic", args=[community.slug, topic.pk, topic.slug])
        yield Followed(TOPIC, topic.pk, topic.name, at, False)


def people(person: Any, community: Community) -> list[Person]:
    """Whom one can follow here: the other members."""
    rows = Membership.objects.visible_to(person).filter(community=community).current().filter(person__is_bot=False)
    rows = rows.exclude(person=person.pk).select_related("person").order_by("person__name")
    return [row.person for row in rows[:MOST]]


def _people(person: Any, community: Community, ids: list[str]) -> Iterator[Followed]:
    for one in people(person, community):
        if one.pk in ids:
            at = reverse("person", args=[community.slug, one.pk])
            yield Followed(PERSON, one.pk, one.called, at, False)


NAMED: Mapping[str, Callable[[Any, Community, list[str]], Iterator[Followed]]] = {TOPIC: _topics, PERSON: _people}
