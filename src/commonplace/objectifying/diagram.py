"""The page docs/developer/practice-states.md, made of the table: `python -m commonplace.objectifying.diagram`."""

import sys
from collections import defaultdict
from collections.abc import Iterator

from commonplace.objectifying.moves import MOVES, Move
from commonplace.objectifying.status import Status

HEAD = """# The states of a practice

Made from `objectifying/course.py` and `objectifying/moves.py` by `python -m commonplace.objectifying.diagram`;
a test compares. The steps T4 to T17 are those of the theory.

A practice is *externalized* when it is written down without all of context, how, why and limits, and a *candidate* with
them. What is agreed stays *accepted* while a new version of it is proposed. An older version that was agreed on is
*superseded*: its agreement has ended and a newer one is in force. A practice that was agreed on once and is not any
more is *under revision*, and never *not accepted* again.

```mermaid
stateDiagram-v2
"""
TABLE = """```

Moves that lead back to where they start are in the table only.

| step | act | case | leads | who | guard |
|---|---|---|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(_arrows()) + TABLE + "".join(_rows())


def _arrows() -> Iterator[str]:
    labels: dict[tuple[Status | None, Status], list[str]] = defaultdict(list)
    for move in MOVES:
        for start, ends in move.paths.items():
            for end in ends:
                if start != end:
                    labels[start, end].append(_label(move))
    for (start, end), names in labels.items():
        yield f"    {start or '[*]'} --> {end}: {', '.join(dict.fromkeys(names))}\n"


def _label(move: Move) -> str:
    return " ".join(filter(None, (move.step, move.act.partition(".")[2], move.case)))


def _rows() -> Iterator[str]:
    for move in MOVES:
        cells = (move.step, f"`{move.act}`", move.case, "; ".join(_leads(move)), move.who, move.guard)
        yield f"| {' | '.join(cells)} |\n"


def _leads(move: Move) -> Iterator[str]:
    for start, ends in move.paths.items():
        if set(ends) != {start}:
            yield f"{start or 'new'} → {' or '.join(ends)}"
    stays = [start for start, ends in move.paths.items() if start and set(ends) == {start}]
    if stays:
        yield f"stays {', '.join(stays)}"


if __name__ == "__main__":
    sys.stdout.write(page())
