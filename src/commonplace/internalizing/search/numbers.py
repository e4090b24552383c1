"""A document's number begins with the time of what it is about, as its id does: the newest are the last."""

from collections.abc import Collection, Iterable

from commonplace.ledger.ids import ALPHABET

DIGITS = str.maketrans(ALPHABET, "0123456789abcdefghijklmnopqrstuv")
TAIL, KEPT = 80, 20
CHANCE, LARGEST = (1 << KEPT) - 1, (1 << 63) - 1


def number(pk: str) -> int:
    """48 bits of time and 20 of chance, in what a database calls a big integer."""
    whole = int(pk.translate(DIGITS), 32)
    return ((whole >> TAIL << KEPT) | (whole >> (TAIL - KEPT) & CHANCE)) & LARGEST


def free(pks: Iterable[str], taken: Collection[int]) -> dict[str, int]:
    """A number for each, of its own: an archive has many of one moment."""
    numbers: dict[str, int] = {}
    used = set(taken)
    for pk in pks:
        one = number(pk)
        while one in used:
            one += 1
        used.add(one)
        numbers[pk] = one
    return numbers
