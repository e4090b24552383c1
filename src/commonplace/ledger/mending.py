"""`commonplace check --mend`: the rows that follow from acts alone, written anew where they say something else."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from commonplace.ledger import replay
from commonplace.ledger.act import writing
from commonplace.ledger.locking import lock
from commonplace.ledger.projection import PROJECTIONS, Projection
from commonplace.ledger.replay import Span
from commonplace.ledger.scope import everywhere


def mend() -> int:
    """How many were written anew, each under the lock of its subject, from the acts as they are then."""
    differing = [each for span in replay.all_spans() for each in _differing(span)]
    return sum(_mended(projection, subject) for projection, subject in differing)


def _differing(span: Span) -> Iterator[tuple[Projection[Any], str]]:
    derived = replay.derived(span)
    for projection in PROJECTIONS:
        shown = projection.rows(span)
        folded = derived[projection.name].items()
        yield from ((projection, subject) for subject, course in folded if shown.get(subject) != course)


def _mended(projection: Projection[Any], subject: str) -> bool:
    """False if what it is about is gone: no row can be kept of that."""
    with transaction.atomic(), writing():
        row = everywhere(projection.subjects, "mending").filter(pk=subject).first()
        if row is None:
            return False
        lock([row])
        projection.write({subject: replay.derived(Span(ids=(subject,)))[projection.name][subject]})
    return True
