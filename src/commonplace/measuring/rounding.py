"""Published figures are rounded: whole percents, two significant digits of a wait in its natural unit."""

from dataclasses import replace
from math import floor, log10

from commonplace.measuring.readings import Reading

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def rounded(reading: Reading) -> Reading:
    step = _percent if reading.unit == "rate" else _wait
    return replace(reading, value=step(reading.value), low=step(reading.low), high=step(reading.high))


def _percent(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 2)


def _wait(seconds: float | None) -> float | None:
    if not seconds:
        return seconds
    unit = 1 if seconds < MINUTE else MINUTE if seconds < 10 * HOUR else HOUR if seconds < 4 * DAY else DAY
    count = seconds / unit
    return float(round(count, 1 - floor(log10(count))) * unit)
