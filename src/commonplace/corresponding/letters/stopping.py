"""The address in a letter by which its reader wants no more of its kind: sealed, so that nobody makes another's."""

from typing import NamedTuple

from django.core import signing

from commonplace.communities.models import Community, Person
from commonplace.corresponding.letters import wishes

SALT = "commonplace.letters"
WHY = "its reader was written to of it"
ONE_CLICK = "List-Unsubscribe=One-Click"


class Kind(NamedTuple):
    """Of which letters; without a community the digests."""

    person: str
    community: str = ""
    thread: str = ""


def sealed(kind: Kind) -> str:
    return signing.dumps(kind, salt=SALT)


def opened(token: str) -> Kind | None:
    try:
        return Kind(*signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def in_words(kind: Kind) -> tuple[str, str]:
    """The kind, and the title of its community while whoever was written to may still read that; none of digests."""
    words = {one.name: str(one.many) for one in wishes.kinds()}.get(kind.thread, "")
    person = _reader(kind)
    community = Community.objects.visible_to(person).filter(pk=kind.community).first() if person else None
    return words, community.title if community else ""


def stop(kind: Kind) -> None:
    """Also of a community that they have left: they may come back."""
    person = _reader(kind)
    if person and not kind.community:
        wishes.refuse_digests(person)
    elif person and (community := Community.objects.filter(pk=kind.community).everywhere(WHY).first()):
        wishes.refuse(person, community, kind.thread)


def _reader(kind: Kind) -> Person | None:
    return Person.objects.filter(pk=kind.person).first()
