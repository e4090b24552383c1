"""Participation levels of theory §2.8 at any moment, folded from the ledger. In aggregate only; never of a person."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import OuterRef
from django.db.models.functions import TruncWeek

from commonplace.communities.models import Community, Person, RoleKind
from commonplace.communities.reducers.belonging import members, serving
from commonplace.ledger.models import Act, ActQuerySet
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
NEVER = {"practice.acknowledged", "exchange.redacted", "response.thanked", "response.thanks_withdrawn"}


def levels(community: Community, at: datetime) -> dict[str, Level]:
    """Person id -> level, of everybody who was a member then. A bot has none, whenever it was found to be one."""
    level_of = taking_part(community, at)
    return {person: level_of.get(person, Level.PERIPHERAL) for person in members.at(community.pk, at) - _bots()}


def taking_part(community: Community, at: datetime) -> dict[str, Level]:
    """Of whoever contributed lately or served then, members or not: what they would be as a member."""
    weeks, served = _weeks_with_acts(community, at), _serving(community, at)
    return {person: _level(weeks[person], person in served) for person in (weeks.keys() | served) - _bots()}


def contributing() -> list[str]:
    """The verbs that contribute to what a community does: of these things, never reading, joining or taking out."""
    return sorted(verb for verb in ACTS if verb.split(".")[0] in CONTRIBUTING and verb not in NEVER)


def done_by(person: Any) -> ActQuerySet:
    """What somebody did that contributes, in the community of the row that asks."""
    theirs = Act.objects.filter(actor=person, community=OuterRef("community"), verb__in=contributing())
    return theirs.everywhere("one's own")


def level_of(person_id: str, community: Community, at: datetime) -> Level:
    return levels(community, at).get(person_id, Level.TRANSACTIONAL)


def _level(weeks: int, serves: bool) -> Level:
    if serves or weeks >= settings.CORE_WEEKS:
        return Level.CORE
    if weeks >= settings.ACTIVE_WEEKS:
        return Level.ACTIVE
    return Level.OCCASIONAL if weeks else Level.PERIPHERAL


def _weeks_with_acts(community: Community, at: datetime) -> Counter[str]:
    acts = Act.objects.filter(community=community.pk, verb__in=contributing()).exclude(actor="")  # nobody: the worker
    seen = (
        acts.filter(happened_at__gt=at - WINDOW, happened_at__lte=at)
        .everywhere("levels count all members")
        .annotate(week=TruncWeek("happened_at", tzinfo=UTC))
        .values_list("actor", "week")
        .distinct()
    )
    return Counter(actor for actor, _week in seen)


def _serving(community: Community, at: datetime) -> set[str]:
    return {person for person, kind in serving.at(community.pk, at) if kind in (RoleKind.FACILITATOR, RoleKind.STEWARD)}


def _bots() -> set[str]:
    return set(Person.objects.filter(is_bot=True).values_list("pk", flat=True))
