from commonplace.steering.models.card import LEAST_OFTEN, LEVELS, MOST_OFTEN, Card
from commonplace.steering.models.judgement import Judgement, Side, Signature
from commonplace.steering.models.objective import Objective, ObjectiveQuerySet
from commonplace.steering.models.round import CardRound, CardStance

__all__ = [
    "LEAST_OFTEN",
    "LEVELS",
    "MOST_OFTEN",
    "Card",
    "CardRound",
    "CardStance",
    "Judgement",
    "Objective",
    "ObjectiveQuerySet",
    "Side",
    "Signature",
]
