from commonplace.steering.models.card import LEAST_OFTEN, LEVELS, MOST_OFTEN, Card
from commonplace.steering.models.judgement import Judgement, Side, Signature
from commonplace.steering.models.objective import Objective, ObjectiveQuerySet

__all__ = [
    "LEAST_OFTEN",
    "LEVELS",
    "MOST_OFTEN",
    "Card",
    "Judgement",
    "Objective",
    "ObjectiveQuerySet",
    "Side",
    "Signature",
]
