"""What a metric says of one community in one window: a value with its people, cases, interval, or why there is none."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from commonplace.measuring.rules import Rules


class Reason(StrEnum):
    """Why there is no value."""

    FEW_PEOPLE = "few_people"
    FEW_CASES = "few_cases"
    NO_CASES = "no_cases"
    NOT_REACHED = "not_reached"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds or rates 0..1; `n` people and `events` cases of a `cohort`; None is not known or not said."""

    id: str
    unit: str
    cohort: str
    formula_version: int
    value: float | None = None
    n: int | None = None
    events: int | None = None
    low: float | None = None
    high: float | None = None
    suppressed: Reason | None = None

    def as_json(self, rules: Rules) -> dict[str, Any]:
        order = ("id", "value", "unit", "n", "events", "low", "high", "suppressed", "formula_version")
        values = asdict(self) | {"suppressed": self.suppressed and sentence(self.suppressed, rules)}
        return {name: values[name] for name in order}


def sentence(reason: Reason, rules: Rules) -> str:
    return {
        Reason.FEW_PEOPLE: f"too few to say: fewer than {rules.people} people",
        Reason.FEW_CASES: f"too few to say: fewer than {rules.events} cases",
        Reason.NO_CASES: "no cases in this window",
        Reason.NOT_REACHED: "not reached: fewer than half of the cases have ended",
        Reason.NOT_RECORDED: "not recorded in this release",
    }[reason]
