"""Who steers: sponsors and facilitators, each on their own side. Sponsors judge objectives, never knowledge."""

from typing import Any

from django.db.models import QuerySet

from commonplace.communities.models import Person, Role, RoleKind
from commonplace.communities.policy import facilitator, serves, sponsor
from commonplace.ledger.rules import Rule, names
from commonplace.steering.models import Card, CardRound, Side

SPEAKS_FOR = {Side.SPONSOR: RoleKind.SPONSOR, Side.COMMUNITY: RoleKind.FACILITATOR}


def speaks_for(side: Side, person: Any, card: Card) -> bool:
    return serves(person, card.community, SPEAKS_FOR[side])


def deciders(card: Card, opened_by: Person) -> QuerySet[Role]:
    """Facilitators who could decide a round on this card that this person opens."""
    serving = Role.objects.filter(community=card.community, kind=RoleKind.FACILITATOR).current()
    return serving.exclude(person__in=[card.written_by_id, opened_by.pk]).everywhere("somebody must decide")


steerer = facilitator | sponsor
decider: Rule[Any, CardRound] = Rule(
    "a facilitator who neither wrote the card nor opened the round",
    facilitator.condition & ~names("card__written_by") & ~names("opened_by"),
)
