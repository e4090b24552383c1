"""The statuses of a practice (theory §2.1), and what a round on it is about and may end with."""

from enum import StrEnum


class Status(StrEnum):
    EXTERNALIZED = "externalized"
    CANDIDATE = "candidate"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONTESTED = "contested"
    UNDER_REVISION = "under_revision"
    NOT_ACCEPTED = "not_accepted"
    RETIRED = "retired"


class Matter(StrEnum):
    """What a round is about: a version, or a challenge."""

    ACCEPTANCE = "acceptance"
    SETTLEMENT = "settlement"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NOT_ACCEPTED = "not_accepted"
    UPHELD = "practice_upheld"
    UNDER_REVISION = "under_revision"
    RETIRED = "retired"


SETTLEMENTS = (Outcome.UPHELD, Outcome.UNDER_REVISION, Outcome.RETIRED)
