"""How much an archive may ask of the machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes unless named otherwise; `ratio` is what comes out for each byte that goes in, within one `window`."""

    entries: int = 10_000
    total: int = 64 << 30
    ratio: int = 200
    window: int = 10 << 20
    header: int = 1 << 20
    directory: int = 2 << 20
    dictionary: int = 100 << 20
