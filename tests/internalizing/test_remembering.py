"""Whatever is typed, what a process remembers of words stays small."""

import random
import tracemalloc
from collections.abc import Callable

import pytest

from commonplace.internalizing.search.typed import question
from commonplace.internalizing.words import word

MOST_BYTES = 16_000_000
RANDOM = random.Random(7)


def drawn(first: int, last: int, many: int) -> str:
    return "".join(chr(RANDOM.randrange(first, last)) for _ in range(many))


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        (lambda: drawn(0x4E00, 0x9FA0, 2_000), 80),
        (lambda: drawn(0x4E00, 0x9FA0, 12), 6_000),
        (lambda: drawn(0x430, 0x450, 2_000), 40),
        (lambda: drawn(0x430, 0x450, 24), 5_500),
        (lambda: "-".join(drawn(0x430, 0x450, 12)), 5_500),
        (lambda: "-".join(drawn(0x430, 0x450, 1_000)), 20),
    ],
    ids=["long runs", "short runs", "long words", "short words", "joined words", "much that is joined"],
)
def test_what_is_remembered_of_words_is_bounded(typed: Callable[[], str], times: int) -> None:
    question("Prüfung 知识 réparée", ["ru", "de"])
    tracemalloc.start()
    try:
        for _ in range(times):
            question(typed(), ["ru"])
        assert tracemalloc.get_traced_memory()[0] < MOST_BYTES
    finally:
        tracemalloc.stop()


def test_a_long_word_is_what_it_was() -> None:
    """Remembered or not."""
    for letters in ("x" * 3_000, "知识" * 1_000, "ab-" * 500 + "c"):
        assert word(letters) == word(letters)
