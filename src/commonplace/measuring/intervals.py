"""The Wilson 95 % interval of a rate. Source: Wilson 1927; theory 5, rates."""

from math import sqrt

Z95 = 1.959963984540054


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Low and high, 0..1, of `hits` out of `cases` (at least one)."""
    share, z2 = hits / cases, Z95 * Z95
    middle = (share + z2 / (2 * cases)) / (1 + z2 / cases)
    half = Z95 / (1 + z2 / cases) * sqrt(share * (1 - share) / cases + z2 / (4 * cases * cases))
    return (max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < cases else 1.0)
