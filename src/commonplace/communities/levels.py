"""Participation levels of theory §2.8, from the ledger over the last 13 weeks. In aggregate only; never of a person."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models.functions import TruncWeek

from commonplace.communities.models import Community, Membership, Role, RoleKind
from commonplace.ledger.models import Act
from commonplace.ledger.registry import ACTS


class Level(StrEnum):
    CORE = "core"
    ACTIVE = "active"
    OCCASIONAL = "occasional"
    PERIPHERAL = "peripheral"
    TRANSACTIONAL = "transactional"


WINDOW = timedelta(weeks=13)
CONTRIBUTING = (
    *("exchange", "response", "practice", "proposal", "challenge"),
    *("review", "application", "pairing", "story", "event"),
)
NEVER = {"practice.acknowledged", "exchange.redacted"}


def levels(community: Community, at: datetime) -> dict[str, Level]:
    """Person id -> level, for every current member."""
    weeks = _weeks_with_acts(community, at)
    serving = set(_serving(community))
    members = Membership.objects.filter(community=community).current().everywhere("levels count all members")
    return {person: _level(weeks[person], person in serving) for person in members.values_list("person", flat=True)}


def contributing() -> list[str]:
    """The verbs that contribute to what a community does: of these things, never reading, joining or taking out."""
    return sorted(verb for verb in ACTS if verb.split(".")[0] in CONTRIBUTING and verb not in NEVER)


def level_of(person_id: str, community: Community, at: datetime) -> Level:
    return levels(community, at).get(person_id, Level.TRANSACTIONAL)


def _level(weeks: int, serves: bool) -> Level:
    if serves or weeks >= settings.CORE_WEEKS:
        return Level.CORE
    if weeks >= settings.ACTIVE_WEEKS:
        return Level.ACTIVE
    return Level.OCCASIONAL if weeks else Level.PERIPHERAL


def _weeks_with_acts(community: Community, at: datetime) -> dict[str, int]:
    acts = Act.objects.filter(community=community.pk, verb__in=contributing())
    seen = (
        acts.filter(happened_at__gt=at - WINDOW, happened_at__lte=at)
        .everywhere("levels count all members")
        .annotate(week=TruncWeek("happened_at", tzinfo=UTC))
        .values_list("actor", "week")
        .distinct()
    )
    weeks: dict[str, int] = defaultdict(int)
    for actor, _week in seen:
        weeks[actor] += 1
    return weeks


def _serving(community: Community) -> list[str]:
    roles = Role.objects.filter(community=community, kind__in=[RoleKind.FACILITATOR, RoleKind.STEWARD]).current()
    return list(roles.everywhere("levels count all members").values_list("person", flat=True))
