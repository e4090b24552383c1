"""A report for people at a terminal."""

from rich.table import Table

from commonplace.measuring.readings import Reading, sentence
from commonplace.measuring.report import Report
from commonplace.measuring.rules import Rules

STEPS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def table(report: Report) -> Table:
    title = f"The cycle of {report.community}, window {report.window}, as of {report.as_of:%Y-%m-%d %H:%M} UTC"
    made = Table("metric", "value", "95 % interval", "people", "cases", title=title, title_justify="left")
    for reading in report.readings:
        made.add_row(*_cells(reading, report.rules))
    return made


def _cells(reading: Reading, rules: Rules) -> tuple[str, ...]:
    value = sentence(reading.suppressed, rules) if reading.suppressed else _value(reading.value, reading.unit)
    limits = (_value(reading.low, reading.unit), _value(reading.high, reading.unit))
    interval = " to ".join(limits) if any(limit != "?" for limit in limits) else ""
    return (reading.id, value, interval, _count(reading.n), _count(reading.events))


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "?"
    return f"{value:.1%}" if unit == "rate" else _duration(value)


def _duration(seconds: float) -> str:
    """The largest part that fits, to one decimal."""
    name, size = next((step for step in STEPS if seconds >= step[1]), STEPS[-1])
    return f"{seconds / size:.1f} {name}"
