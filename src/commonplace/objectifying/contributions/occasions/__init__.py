"""What happens to a practice, and whom it concerns: where it comes from, its text, its agreement, what doubts it."""

from commonplace.objectifying.contributions.occasions.agreement import OF_AGREEMENT
from commonplace.objectifying.contributions.occasions.challenges import OF_CHALLENGES
from commonplace.objectifying.contributions.occasions.origins import OF_ORIGINS
from commonplace.objectifying.contributions.occasions.texts import OF_TEXTS
from commonplace.objectifying.contributions.occasions.threads import BATCH, PRACTICE

OCCASIONS = (PRACTICE, BATCH, *OF_ORIGINS, *OF_TEXTS, *OF_AGREEMENT, *OF_CHALLENGES)
