"""What waits for a person, of all phases, the most urgent first: on home and at the desk, but for what is set aside."""

from dataclasses import replace
from typing import Any

from commonplace.communities.contributions import Aside, Need, Needs, contributed
from commonplace.communities.models import Community
from commonplace.communities.urgency import by_urgency
from commonplace.ledger import clock


def needs(person: Any) -> list[Need]:
    """Of each kind and community few; without what this person has set aside."""
    return sifted(person)[0]


def sifted(person: Any) -> tuple[list[Need], list[Need]]:
    """What waits, and what was set aside and would wait."""
    marks = {key: stamp for one in contributed(Aside) for key, stamp in one.marks(person).items()}
    now: list[Need] = []
    aside: list[Need] = []
    for need in all_of(person):
        is_aside = bool(marks) and marks.get(need.key) in ("", need.stamp)
        (aside if is_aside else now).append(need)
    return now, aside


def all_of(person: Any) -> list[Need]:
    waiting = (replace(need, by=one.name) for one in contributed(Needs) for need in one.waiting(person))
    return by_urgency(waiting, clock.now())


def needs_in(person: Any, community: Community) -> list[Need]:
    return [need for need in needs(person) if need.slug == community.slug]
