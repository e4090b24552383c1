"""Under which topics a row comes in, as many and as long as a form takes them; what is beyond that is told."""

import re
from typing import Final

from commonplace.externalizing.lengths import LONGEST_TOPIC, MOST_TOPICS
from commonplace.objectifying.models import BatchRow
from commonplace.untrusted.visible import folded, one_line

_BETWEEN: Final = re.compile(r"[,;|\n]")


def named_in(words: str) -> list[str]:
    """Each once, by the first spelling; a sign before it that marks tags is none of its name."""
    named: dict[str, str] = {}
    for one in _BETWEEN.split(words):
        name = one_line(one).removeprefix("#").strip()
        named.setdefault(folded(name), name)
    return [name for key, name in named.items() if key]


def topics_of(row: BatchRow) -> list[str]:
    return [name for name in row.topics if len(name) <= LONGEST_TOPIC][:MOST_TOPICS]


def left_out(row: BatchRow) -> list[str]:
    kept = topics_of(row)
    return [name for name in row.topics if name not in kept]
