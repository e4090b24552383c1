"""The statuses of a practice (theory §2.1), and how a challenge of it may be settled."""

from enum import StrEnum


class Status(StrEnum):
    EXTERNALIZED = "externalized"
    CANDIDATE = "candidate"
    BROUGHT = "brought"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    CONTESTED = "contested"
    UNDER_REVISION = "under_revision"
    NOT_ACCEPTED = "not_accepted"
    SET_ASIDE = "set_aside"
    REPLACED = "replaced"
    RETIRED = "retired"


OVER = (Status.REPLACED, Status.RETIRED)
"""It stays readable and can be reported on; nothing more is decided about it."""
PUT_AWAY = (*OVER, Status.SET_ASIDE)
"""It does not go on, unless a new version takes it up again."""


class Origin(StrEnum):
    """How it began here: out of an exchange, as what was in force already, from another community."""

    WRITTEN = "written"
    BROUGHT = "brought"
    TAKEN_OVER = "taken_over"


class Authority(StrEnum):
    """By which something is in force that was not consented to here."""

    IMPOSED = "imposed"
    AGREED_ELSEWHERE = "agreed_elsewhere"
    HABIT = "habit"
    UNKNOWN = "unknown"


class SourceKind(StrEnum):
    """What it was brought in from."""

    HANDBOOK = "handbook"
    STANDARD = "standard"
    HABIT = "habit"
    COMMUNITY = "community"


class Settled(StrEnum):
    """What became of a challenge. *Answered*: by a newer version, or by the end of the practice. *Unsettled*: no round
    settled it in time, and nobody shared it."""

    UPHELD = "practice_upheld"
    UNDER_REVISION = "under_revision"
    RETIRED = "retired"
    ANSWERED = "answered"
    UNSETTLED = "unsettled"
    TAKEN_BACK = "taken_back"


SETTLEMENTS = (Settled.UPHELD, Settled.UNDER_REVISION, Settled.RETIRED)
KEPT = (Settled.UPHELD, Settled.ANSWERED, Settled.UNSETTLED)
"""A challenge that ended so left the agreement as it was."""


class Gone(StrEnum):
    """Why a practice does not go on: nobody pursues it; another says the same; a round on its end, or a challenge."""

    NOT_PURSUED = "not_pursued"
    DUPLICATE = "duplicate"
    ENDED = "ended"
    CHALLENGED = "challenged"


class ChallengeGround(StrEnum):
    """What somebody who challenges a practice says of it."""

    FAILED = "failed"
    UNSAFE = "unsafe"
    OUT_OF_DATE = "out_of_date"
    UNCLEAR = "unclear"
    NOT_HERE = "not_here"


class Due(StrEnum):
    """Why an agreement is looked at again: its day has come, it failed, nobody reports on it, or it was in doubt."""

    DAY = "day"
    FAILURES = "failures"
    SILENCE = "silence"
    UNSETTLED = "unsettled"


class Reviewed(StrEnum):
    REAFFIRMED = "reaffirmed"
    REVISED = "revised"
    RETIRED = "retired"


class MinorEnd(StrEnum):
    AGREED = "agreed"
    TAKEN_BACK = "taken_back"


class AudienceKind(StrEnum):
    """Whom a practice is for: whoever may read it, who works in some units, or who came lately."""

    EVERYONE = "everyone"
    UNITS = "units"
    NEWCOMERS = "newcomers"
