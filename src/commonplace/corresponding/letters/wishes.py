"""How somebody wants letters: of each community and kind at once, in the digest or not at all; the digest, and when.

A kind is what notices are grouped under: exchanges, practices with what came in at once, rounds with their lists and
lines, objectives, the community itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from commonplace.communities.contributions import contributed, of_name
from commonplace.communities.models import Community, Person
from commonplace.communities.occasions import Thread
from commonplace.corresponding.letters import digests
from commonplace.corresponding.models import DigestWish, How, LetterWish, Notice, Often

Wishes = Mapping[tuple[str, str, str], str]
WHY = "how each of them wants letters is asked before one is sent to them"


def kinds() -> list[Thread]:
    return [one for one in contributed(Thread) if not one.part_of]


def kind_of(thread: str) -> str:
    """The kind that is chosen for such threads."""
    known = of_name(Thread, thread)
    return (known.part_of if known else "") or thread


def of_all(people: Iterable[str]) -> Wishes:
    """Of these people: person, community, kind -> how."""
    rows = LetterWish.objects.filter(person__in=people).everywhere(WHY)
    return {(row.person_id, row.community_id, row.kind): row.how for row in rows}


def how(wishes: Wishes, notice: Notice) -> str:
    return wishes.get((notice.person_id, notice.community_id, kind_of(notice.thread_kind)), How.AT_ONCE)


def keep(person: Person, often: str, hour: int, chosen: Mapping[tuple[str, str], str]) -> None:
    """`chosen`: community, kind -> how. What is on its way already goes by it."""
    rows = [LetterWish(person=person, community_id=one, kind=kind, how=how) for (one, kind), how in chosen.items()]
    with transaction.atomic():
        DigestWish.objects.update_or_create(person=person, defaults={"often": often, "hour": hour})
        _put(rows)
        digests.plan([person.pk])


def refuse(person: Person, community: Community, kind: str) -> None:
    """No more letters of this kind."""
    _put([LetterWish(person=person, community=community, kind=kind, how=How.NOT)])


def refuse_digests(person: Person) -> None:
    with transaction.atomic():
        DigestWish.objects.update_or_create(person=person, defaults={"often": Often.NEVER})
        digests.plan([person.pk])


def chosen_by(person: Any) -> dict[tuple[str, str], str]:
    rows = LetterWish.objects.visible_to(person)
    return {(row.community_id, row.kind): row.how for row in rows}


def digest_of(person: Any) -> DigestWish:
    return DigestWish.objects.filter(person=person.pk).first() or DigestWish(person_id=person.pk)


def _put(rows: list[LetterWish]) -> None:
    LetterWish.objects.everywhere(WHY).bulk_create(
        rows, update_conflicts=True, unique_fields=["person", "community", "kind"], update_fields=["how"]
    )
