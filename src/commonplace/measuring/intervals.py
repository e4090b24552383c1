"""95 % intervals that respect people: what one person began is not independent. Theory 5, rates.

Wilson 1927 on effective cases: divided by the design effect of who began them, and by what is unknown about it as few
people tell (Korn and Graubard 1998). Where nothing tells how alike one person's cases are, they count as one.
"""

from math import e, sqrt
from typing import Any

Z95 = 1.959963984540054


def wilson(hits: float, cases: float) -> tuple[float, float]:
    """Low and high, 0..1, of `hits` out of `cases` (more than none)."""
    share, z2 = hits / cases, Z95 * Z95
    middle = (share + z2 / (2 * cases)) / (1 + z2 / cases)
    half = Z95 / (1 + z2 / cases) * sqrt(share * (1 - share) / cases + z2 / (4 * cases * cases))
    return (max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < cases else 1.0)


def clustered(hits: int, events: int, squares: int, crossed: int, hit_squares: int) -> tuple[float, float]:
    """Wilson's of these cases; sums over people: cases squared, cases times hits, hits squared."""
    if hits in (0, events) or squares == events**2:
        effect = squares / events
    else:
        known = doubt(max(1.0, events**2 / squares - 1), max(1.0, events - 1.0))
        effect = design_effect(hits, events, squares, crossed, hit_squares) * known
    return wilson(hits / effect, events / effect)


def all_alike(rate: float, people: int, events: int) -> tuple[float, float]:
    """The same of people who each have as many cases, all of which hit or none: what one knows who is not told more."""
    effect = events / people * doubt(max(1.0, people - 1.0), max(1.0, events - 1.0))
    return wilson(rate * events / effect, events / effect)


def design_effect(hits: int, events: int, squares: int, crossed: int, hit_squares: int) -> float:
    """The variance between people over that between cases, and never less than it."""
    apart = hit_squares * events**2 - 2 * crossed * hits * events + squares * hits**2
    return max(1.0, float(apart / (events * hits * (events - hits)) * own_mean(events, squares)))


def own_mean(cases: Any, squares: Any) -> Any:
    """People lie nearer to the mean that they make themselves. 1 when each has one case; numbers, or Ibis columns."""
    return cases * (cases - 1) / (cases * cases - squares)


def doubt(people: Any, cases: Any) -> Any:
    """How much more a variance is in doubt that is known from these degrees of freedom of people, not of cases."""
    return _t95_squared(people) / _t95_squared(cases)


def _t95_squared(degrees: Any) -> Any:
    """Wallace 1959; within 2 % from three degrees of freedom on, and above it with fewer."""
    z = Z95 * (8 * degrees + 3) / (8 * degrees + 1)
    return degrees * (e ** (z * z / degrees) - 1)
