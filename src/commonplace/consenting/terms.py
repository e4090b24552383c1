"""The rule of a round, fixed at its opening: who may speak, how many must consent, of how many units, until when."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from commonplace.communities.levels import Level, taking_part
from commonplace.communities.models import Community
from commonplace.communities.speaking import speakers
from commonplace.consenting.rule import quorum_for, units_needed
from commonplace.ledger import clock
from commonplace.ledger.once import once

EVENING = time(18)
COUNTED = (Level.CORE, Level.ACTIVE)
_same: ContextVar[dict[tuple[str, ...], "Terms"] | None] = ContextVar("same", default=None)


@dataclass(frozen=True, slots=True)
class Terms:
    """`people`: id -> the id of their unit, or ""; `units_needed`: among who consent. `days`: from opening to close."""

    people: dict[str, str]
    quorum: int
    units_needed: int
    days: int
    hidden: bool
    closes_at: datetime
    review_on: date

    @property
    def eligible(self) -> int:
        return len(self.people)

    @property
    def eligible_units(self) -> int:
        return len(set(self.people.values()) - {""})


def terms(community: Community, not_asked: Collection[str] = ()) -> Terms:
    """As a round that opened now would fix them. `not_asked`: ids of members who are concerned, and not eligible."""
    key = ("terms", community.pk, *sorted(not_asked))
    same = _same.get()
    if same is None:
        return once(key, lambda: _terms(community, not_asked))
    if key not in same:
        same[key] = _terms(community, not_asked)
    return same[key]


@contextmanager
def asking_the_same() -> Iterator[None]:
    """What the first round within it fixes, the others do: nothing that became otherwise meanwhile is read again."""
    token = _same.set({})
    try:
        yield
    finally:
        _same.reset(token)


def _terms(community: Community, not_asked: Collection[str]) -> Terms:
    rows = speakers(community).exclude(person__in=not_asked).values_list("person", "person__unit")
    people, charter = {person: unit or "" for person, unit in rows}, community.charter
    core = _core_and_active(community, people) if charter.quorum is None else 0
    floor, share = settings.QUORUM_FLOOR, settings.QUORUM_SHARE
    closes_at = deadline(community, charter.round_days)
    return Terms(
        people=people,
        quorum=quorum_for(len(people), core, charter.quorum, floor=floor, share=share),
        units_needed=units_needed(people.values(), breadth=settings.QUORUM_UNITS, large=settings.LARGE_UNIT),
        days=charter.round_days,
        hidden=charter.hidden_stances,
        closes_at=closes_at,
        review_on=closes_at.astimezone(community.zone).date() + timedelta(days=charter.review_days),
    )


def deadline(community: Community, days: int) -> datetime:
    """The first six in the evening, by the community's clock, when `days` whole days are over."""
    now = clock.now()
    day = now.astimezone(community.zone).date() + timedelta(days=days)
    evening = datetime.combine(day, EVENING, community.zone)
    if evening < now + timedelta(days=days):
        evening = datetime.combine(day + timedelta(days=1), EVENING, community.zone)
    return evening.astimezone(UTC)


def closing_day(closes_at: datetime) -> str:
    """By UTC, as the ledger keeps it: a community may change its time zone."""
    return closes_at.astimezone(UTC).date().isoformat()


def _core_and_active(community: Community, people: Collection[str]) -> int:
    """Of those who may speak: people out of an archive act too, but nobody can ask them."""
    level_of = taking_part(community, clock.now())
    return sum(level_of.get(person) in COUNTED for person in people)
