"""Who steers: sponsors and facilitators, each on their own side. Sponsors judge objectives, never knowledge."""

from collections.abc import Mapping
from typing import Any

from commonplace.communities.policy import facilitator, member, sponsor
from commonplace.ledger.rules import Rule
from commonplace.steering.models import Card, Side

SPEAKS_FOR: Mapping[Side, Rule[Any, Any]] = {Side.SPONSOR: sponsor, Side.COMMUNITY: facilitator}
steerer = facilitator | sponsor


def speaks_for(side: Side, person: Any, card: Card) -> bool:
    return SPEAKS_FOR[side].allows(person, card)


__all__ = ["SPEAKS_FOR", "member", "speaks_for", "sponsor", "steerer"]
