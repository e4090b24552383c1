"""What a metric says of one community in one window: a value with its people, cases, interval, or why there is none."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from commonplace.measuring.rules import Rules


class Reason(StrEnum):
    """Why there is no value."""

    FEW_PEOPLE = "few_people"
    FEW_CASES = "few_cases"
    BESIDE_OTHERS = "beside_others"
    NOT_REACHED = "not_reached"
    TOO_EARLY = "too_early"
    NOT_RECORDED = "not_recorded"


UNDECIDED = (Reason.TOO_EARLY, Reason.NOT_RECORDED)


class Band(StrEnum):
    """A rate of which only this is said: one of its sides is of fewer than k people."""

    FEW = "few"
    ALL_BUT_FEW = "all_but_few"


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds or rates 0..1; `n` people (told by fives) and `events` cases of a `cohort`; None is not said."""

    id: str
    unit: str
    cohort: str
    formula_version: int
    value: float | None = None
    n: int | None = None
    events: int | None = None
    low: float | None = None
    high: float | None = None
    band: Band | None = None
    suppressed: Reason | None = None

    def as_json(self) -> dict[str, Any]:
        order = ("id", "value", "unit", "n", "events", "low", "high", "band", "suppressed", "formula_version")
        values = asdict(self)
        return {name: values[name] for name in order}


def sentence(reason: Reason, rules: Rules) -> str:
    return {
        Reason.FEW_PEOPLE: f"too few to say: fewer than {rules.people} people, or one of them carries most of it",
        Reason.FEW_CASES: f"too few to say: fewer than {rules.events} cases",
        Reason.BESIDE_OTHERS: "not told: beside other figures it would tell of a few people",
        Reason.NOT_REACHED: "not reached: fewer than half of the cases have ended",
        Reason.TOO_EARLY: "too early to say",
        Reason.NOT_RECORDED: "not recorded here",
    }[reason]


def in_band(band: Band, rules: Rules) -> str:
    return {
        Band.FEW: f"only those of fewer than {rules.people} people",
        Band.ALL_BUT_FEW: f"all but those of fewer than {rules.people} people",
    }[band]
