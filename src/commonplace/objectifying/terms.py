"""The rule of a round, fixed before it opens: who may speak, how many must, in how many units, until when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings

from commonplace.communities.decision_rule import quorum
from commonplace.communities.levels import Level, taking_part
from commonplace.communities.models import Community
from commonplace.communities.speaking import speakers
from commonplace.ledger import clock
from commonplace.ledger.once import once

EVENING = time(18)
COUNTED = (Level.CORE, Level.ACTIVE)


@dataclass(frozen=True, slots=True)
class Terms:
    """`eligible`, `quorum`: people; `eligible_units`: the units these are of; `units_needed`: among who consent.

    `days`: from opening to close.
    """

    eligible: int
    eligible_units: int
    quorum: int
    units_needed: int
    days: int
    closes_at: datetime
    review_on: date


def terms(community: Community) -> Terms:
    """As a round that opened now would fix them."""
    return once(("terms", community.pk), lambda: _terms(community))


def _terms(community: Community) -> Terms:
    unit_of, charter = dict(speakers(community).values_list("person", "person__unit")), community.charter
    units = len(set(unit_of.values()) - {None})
    core = _core_and_active(community, unit_of) if charter.quorum is None else 0
    closes_at = deadline(community, charter.round_days)
    return Terms(
        eligible=len(unit_of),
        eligible_units=units,
        quorum=quorum(charter, core),
        units_needed=settings.QUORUM_UNITS if units >= settings.QUORUM_UNITS else 0,
        days=charter.round_days,
        closes_at=closes_at,
        review_on=closes_at.astimezone(community.zone).date() + timedelta(days=charter.review_days),
    )


def deadline(community: Community, days: int) -> datetime:
    """Six in the evening, `days` days on, by the community's clock."""
    day = clock.now().astimezone(community.zone).date() + timedelta(days=days)
    return datetime.combine(day, EVENING, community.zone).astimezone(UTC)


def closing_day(closes_at: datetime) -> str:
    """By UTC, as the ledger keeps it: a community may change its time zone."""
    return closes_at.astimezone(UTC).date().isoformat()


def _core_and_active(community: Community, people: Collection[str]) -> int:
    """Of those who may speak: people out of an archive act too, but nobody can ask them."""
    level_of = taking_part(community, clock.now())
    return sum(level_of.get(person) in COUNTED for person in people)
