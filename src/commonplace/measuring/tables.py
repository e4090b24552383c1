"""A report for people at a terminal: short cells, and below the table a sentence for each word that wants one."""

from collections.abc import Iterator

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from commonplace.communities.paging import at_least
from commonplace.measuring.cycle.words import BRIEFLY, TICK
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.readings import Reading, Reason, in_band
from commonplace.measuring.report import Line, Report
from commonplace.measuring.windows import Period

UNPROTECTED = "UNPROTECTED"
OPENED = "The members of the community read in their news that these figures were opened, and by whom."
SHORT = {
    Reason.FEW_PEOPLE: "few people",
    Reason.FEW_CASES: "few cases",
    Reason.BESIDE_OTHERS: "not told",
    Reason.NOT_REACHED: "under half",
    Reason.TOO_EARLY: "too early",
    Reason.NOT_RECORDED: "not recorded",
}
COLUMNS = {"figure": 20, "value": 12, "95 % interval": 13, "people": 6, "cases": 5, "window": 13}
"""At a terminal of 80 columns nothing is cut off."""
STEPS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def table(report: Report) -> Group:
    made = Table(title_justify="left", box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0))
    made.title = f"The cycle of {report.community}, as of {report.as_of:%Y-%m-%d %H:%M} UTC"
    for name, width in COLUMNS.items():
        made.add_column(name, width=width)
    for line in report.lines:
        made.add_row(*_cells(line, report))
    below = [] if report.protected else [Text("\n" + OPENED)]
    return Group(made, *_reasons(report), *below)


def _cells(line: Line, report: Report) -> tuple[str, ...]:
    """Each line of figures without protection says so."""
    one, exact = line.reading, not report.protected
    people, events = _so_many(one.n, exact), _so_many(one.events, exact or not DECLARED[one.id].counts_practices)
    value = f"{UNPROTECTED} {_value(line, exact)}" if exact else _value(line, exact)
    return (f"{one.id} {DECLARED[one.id].name}", value, _interval(one, exact), people, events, _window(line))


def _so_many(number: int | None, exact: bool) -> str:
    """By fives, so many or more."""
    return "" if number is None else f"{number}" if exact or not number else at_least(number)


def _value(line: Line, exact: bool) -> str:
    one = line.reading
    if one.value is not None:
        return _amount(one.value, one.unit, exact)
    return _short(line) or "no cases"


def _short(line: Line) -> str:
    one = line.reading
    if line.ended:
        return "ended"
    return SHORT[one.suppressed] if one.suppressed else str(BRIEFLY[one.band]) if one.band else ""


def _reasons(report: Report) -> Iterator[Table]:
    """Each once."""
    reasons = {
        _short(line): in_band(one.band, report.rules) if one.band else line.why(report.rules)
        for line in report.lines
        if (one := line.reading).suppressed or one.band
    }
    if reasons:
        made = Table("", "", box=None, show_header=False, pad_edge=False)
        made.add_row()
        for short, sentence in reasons.items():
            made.add_row(short, sentence)
        yield made


def _interval(one: Reading, exact: bool) -> str:
    """Of a wait, perhaps without an end."""
    low, high = (_amount(limit, one.unit, exact) if limit is not None else "" for limit in (one.low, one.high))
    return f"{low} to {high}" if low and high else f"from {low}" if low else f"up to {high}" if high else ""


def _window(line: Line) -> str:
    """Of what can be told later, from when on."""
    one, period = line.reading, line.period
    if one.suppressed is Reason.TOO_EARLY and not line.ended:
        return f"told from {period.seen:%Y-%m-%d} on"
    return "" if line.ended or one.suppressed is Reason.NOT_RECORDED else _days(period)


def _days(period: Period) -> str:
    """Its first and its last day: what began at `since` is not in it."""
    since = f"{period.since + TICK:%Y-%m-%d}" if period.since else "the beginning"
    return f"{since} to {period.until - TICK:%Y-%m-%d}"


def _amount(value: float, unit: str, exact: bool) -> str:
    """As exact as it is: what is told was rounded, to whole percents and two digits of a wait."""
    if unit == "rate":
        return f"{value:.1%}" if exact else f"{value:.0%}"
    name, size = next((step for step in STEPS if value >= step[1]), STEPS[-1])
    return f"{value / size:.1f} {name}" if exact else f"{float(f'{value / size:.2g}'):g} {name}"
