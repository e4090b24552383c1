"""Whom an act concerns: whom its phase names, and who follows; without who acted, who muted, who may not be told."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q

from commonplace.communities.contributions import contributed
from commonplace.communities.models import Membership, Person, Role
from commonplace.communities.occasions import Because, Concern, Occasion
from commonplace.corresponding.followers import FOLLOWS, who_follows
from commonplace.corresponding.models import Notice
from commonplace.ledger.models import HERE, Act
from commonplace.ledger.reading import Among, Place, Reading

WHY = "whether somebody may be told is asked of their own place in the community"


def notices(act: Act) -> list[Notice]:
    """One a person, by the first reason that holds. Acts out of an archive concern nobody here."""
    occasions = _occasions_of(act) if act.origin == HERE else []
    first: dict[str, tuple[Occasion, Concern]] = {}
    for occasion in occasions:
        for concern in occasion.concerns(act):
            first.setdefault(concern.person, (occasion, concern))
    muted = _with_followers(act, occasions, first)
    first.pop(act.actor, None)
    return list(_written(act, first.values(), muted))


def _occasions_of(act: Act) -> list[Occasion]:
    return [one for one in contributed(Occasion) if act.verb in one.verbs and one.is_one(act)]


def _with_followers(act: Act, occasions: list[Occasion], first: dict[str, tuple[Occasion, Concern]]) -> set[str]:
    """Adds whoever follows what the act is an occasion of; gives who has muted it."""
    muted: set[str] = set()
    told_of = {id(occasion) for occasion, _ in first.values()}
    for occasion in (one for one in occasions if one.followed or id(one) in told_of):
        followers, without = who_follows(act, occasion.thread, occasion.thread_of(act))
        muted |= without
        for one in followers if occasion.followed else ():
            first.setdefault(one.person, (occasion, Concern(one.person, one.because, one.of)))
    return muted


def verbs() -> list[str]:
    return sorted({verb for one in contributed(Occasion) for verb in one.verbs})


def undoing() -> dict[str, list[str]]:
    """By the verbs that take something back the names of its occasions."""
    by_verb: dict[str, list[str]] = {}
    for occasion in contributed(Occasion):
        for verb in occasion.undone_by:
            by_verb.setdefault(verb, []).append(occasion.name)
    return by_verb


def _written(act: Act, concerned: Iterable[tuple[Occasion, Concern]], muted: set[str]) -> Iterator[Notice]:
    """Muted is all but what is about oneself."""
    theirs = [(occasion, concern, because_of(occasion, concern.because)) for occasion, concern in concerned]
    theirs = [one for one in theirs if one[2].own or one[1].person not in muted]
    within, anywhere = may_be_told(act.community, [concern.person for _, concern, _ in theirs])
    threads = {name: one.thread_of(act) for name, one in {one.name: one for one, _, _ in theirs}.items()}
    for occasion, concern, because in theirs:
        if concern.person in (anywhere if because.own else within):
            yield notice(act, occasion, concern, because, threads[occasion.name])


def because_of(occasion: Occasion, name: str) -> Because:
    return occasion.because.get(name) or FOLLOWS[name]


def notice(act: Act, occasion: Occasion, concern: Concern, because: Because, thread: str) -> Notice:
    return Notice(
        person_id=concern.person, community_id=act.community, act=act.pk, occasion=occasion.name,
        because=concern.because, about=concern.about, actor_id=act.actor or None, object=act.object,
        thread_kind=occasion.thread, thread=thread, at=act.happened_at, at_once=because.at_once,
        own=because.own,
    )  # fmt: skip


def may_be_told(community: str, people: list[str]) -> tuple[set[str], set[str]]:
    """Of these people: who belongs or serves in the community, and who has a way in at all."""
    rows = TOLD.rows(community=community, people=people) if people else []
    return {pk for pk, is_within in rows if is_within}, {pk for pk, _ in rows}


def _able() -> Any:
    member = Membership.objects.filter(community=Place("community"), person=OuterRef("pk"), left_at=None)
    serving = Role.objects.filter(community=Place("community"), person=OuterRef("pk")).current()
    within = Q(Exists(member.everywhere(WHY))) | Q(Exists(serving.everywhere(WHY)))
    people = Person.objects.accounts().filter(pk__in=Among("people"), is_active=True, is_bot=False)
    return people.annotate(is_within=within).values_list("pk", "is_within")


TOLD: Reading[tuple[str, bool]] = Reading(_able, shape=lambda pk, is_within: (pk, bool(is_within)))
