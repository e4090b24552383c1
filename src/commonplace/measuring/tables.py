"""A report for people at a terminal."""

from rich.table import Column, Table

from commonplace.measuring.readings import Reason, in_band, sentence
from commonplace.measuring.report import Line, Report
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

UNPROTECTED = "UNPROTECTED"
STEPS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def table(report: Report) -> Table:
    wide_enough = Column("value", min_width=len(UNPROTECTED))
    columns = (Column("metric", no_wrap=True), wide_enough, "95 % interval", "people", "cases", "window")
    title = f"The cycle of {report.community}, as of {report.as_of:%Y-%m-%d %H:%M} UTC"
    made = Table(*columns, title=title, title_justify="left")
    for line in report.lines:
        made.add_row(*_cells(line, report))
    return made


def _cells(line: Line, report: Report) -> tuple[str, ...]:
    """Each line of figures without protection says so."""
    one = line.reading
    limits = (_value(one.low, one.unit), _value(one.high, one.unit))
    interval = " to ".join(limits) if any(limit != "?" for limit in limits) else ""
    people = f"{one.n} or more" if one.n and report.protected else _count(one.n)
    words = _words(line, report.rules)
    value = words if report.protected else f"{UNPROTECTED} {words}"
    return (one.id, value, interval, people, _count(one.events), _window(line.period))


def _words(line: Line, rules: Rules) -> str:
    one = line.reading
    if one.suppressed:
        from_when = f", from {line.period.seen:%Y-%m-%d} on" if one.suppressed is Reason.TOO_EARLY else ""
        return sentence(one.suppressed, rules) + from_when
    return in_band(one.band, rules) if one.band else _value(one.value, one.unit)


def _window(period: Period) -> str:
    since = f"{period.since:%Y-%m-%d}" if period.since else "the beginning"
    return f"{since} to {period.until:%Y-%m-%d}"


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
