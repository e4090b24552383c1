"""The decision rule (theory §2.7), pure: what a round that has its quorum, or lacks it, leaves to decide."""

from dataclasses import dataclass
from enum import StrEnum

from commonplace.objectifying.status import Matter, Outcome


class Stand(StrEnum):
    """Where someone stands: consent with or without a concern counts, standing aside does not, an objection stops."""

    CONSENT = "consent"
    CONCERN = "concern"
    ASIDE = "aside"
    OBJECT = "object"


COUNTING = (Stand.CONSENT, Stand.CONCERN)


class How(StrEnum):
    """How an objection was settled."""

    CHANGE = "change"
    WITHDRAWN = "withdrawn"


class SaidBy(StrEnum):
    """Who said that an objection is settled."""

    RAISER = "raiser"
    FACILITATOR = "facilitator"


class Lack(StrEnum):
    QUORUM = "quorum"
    UNITS = "units"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of people: eligible, who have spoken, who consent; of units among these; of objections that stand.

    `unheard`: stances of bots, which do not count.
    """

    eligible: int
    quorum: int
    units_needed: int
    spoken: int
    consents: int
    units: int
    standing: int
    unheard: int = 0

    def missing(self) -> tuple[Lack, ...]:
        lacking = (
            (Lack.QUORUM, self.consents < self.quorum),
            (Lack.UNITS, self.units < self.units_needed),
            (Lack.OBJECTION, self.standing > 0),
        )
        return tuple(lack for lack, lacks in lacking if lacks)

    @property
    def all_have_spoken(self) -> bool:
        return self.spoken >= self.eligible


def decidable(matter: Matter, tally: Tally) -> tuple[Outcome, ...]:
    """What the rule leaves to whoever decides: acceptance when nothing is missing, otherwise anything but."""
    if not tally.missing():
        return (Outcome.ACCEPTED,)
    return (Outcome.RETURNED,) if matter == Matter.SETTLEMENT else (Outcome.RETURNED, Outcome.NOT_ACCEPTED)
