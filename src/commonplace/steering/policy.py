"""Who steers: sponsors and facilitators, each on their own side. Sponsors judge objectives, never knowledge."""

from collections.abc import Mapping
from typing import Any

from commonplace.communities.models import Person, RoleKind
from commonplace.communities.policy import facilitator, member, sponsor
from commonplace.ledger.rules import Rule, names
from commonplace.objectifying.policy import neutral, speaker
from commonplace.steering.models import Card, CardRound, Side

SPEAKS_FOR: Mapping[Side, Rule[Any, Any]] = {Side.SPONSOR: sponsor, Side.COMMUNITY: facilitator}
steerer = facilitator | sponsor
decider: Rule[Any, CardRound] = Rule(
    "a facilitator, no sponsor, who neither wrote the card nor opened the round",
    neutral & ~names("card__written_by") & ~names("opened_by"),
)


def speaks_for(side: Side, person: Any, card: Card) -> bool:
    return SPEAKS_FOR[side].allows(person, card)


def deciders(card: Card, opened_by: Person) -> list[Person]:
    """Who could decide a round on this card that this person opens: the rule itself, asked of a round to come."""
    to_come = CardRound(card=card, opened_by=opened_by)
    serving = card.community.roles.filter(kind=RoleKind.FACILITATOR).current().select_related("person")
    return [role.person for role in serving if decider.allows(role.person, to_come)]


__all__ = ["SPEAKS_FOR", "decider", "deciders", "member", "speaker", "speaks_for", "sponsor", "steerer"]
