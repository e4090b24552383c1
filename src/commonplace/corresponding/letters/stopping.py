"""The address in a letter by which its reader wants no more of its kind: sealed, so that nobody makes another's."""

from typing import NamedTuple

from django.core import signing

from commonplace.communities.models import Community, Person
from commonplace.corresponding.letters import wishes

SALT = "commonplace.letters"
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


def in_words(kind: Kind) -> tuple[str, Community] | None:
    """The kind, and its community; none of digests."""
    community = Community.objects.filter(pk=kind.community).everywhere("its reader was written to of it").first()
    words = {one.name: str(one.words) for one in wishes.kinds()}.get(kind.thread, "")
    return (words, community) if community and words else None


def stop(kind: Kind) -> None:
    person = Person.objects.filter(pk=kind.person).first()
    if person and not kind.community:
        wishes.refuse_digests(person)
    elif person and (known := in_words(kind)):
        wishes.refuse(person, known[1], kind.thread)
