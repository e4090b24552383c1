"""`commonplace check --mend`: the rows that follow from acts alone, written anew where they say something else."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from commonplace.ledger import replay
from commonplace.ledger.act import writing
from commonplace.ledger.locking import lock
from commonplace.ledger.projection import PROJECTIONS, Projection
from commonplace.ledger.replay import Fold, Span
from commonplace.ledger.scope import everywhere

LEFT = "{} {}: not mended, since an act on it cannot be read."


def mend() -> Iterator[str]:
    """Each under the lock of its subject, from the acts as they are then: those left as they are, and how many not."""
    differing = [each for span in replay.all_spans() for each in _differing(replay.folded(span), span)]
    anew = 0
    for projection, subject, can_be_read in differing:
        if can_be_read:
            anew += _mended(projection, subject)
        else:
            yield LEFT.format(projection.name, subject)
    yield f"Courses written anew: {anew}."


def _differing(fold: Fold, span: Span) -> Iterator[tuple[Projection[Any], str, bool]]:
    for projection in PROJECTIONS:
        shown = projection.rows(span)
        for subject, course in fold.derived[projection.name].items():
            if shown.get(subject) != course:
                yield projection, subject, subject not in fold.unread


def _mended(projection: Projection[Any], subject: str) -> bool:
    """False if what it is about is gone: no row can be kept of that."""
    with transaction.atomic(), writing():
        row = everywhere(projection.subjects, "mending").filter(pk=subject).first()
        if row is None:
            return False
        lock([row])
        projection.write({subject: replay.folded(Span(ids=(subject,))).derived[projection.name][subject]})
    return True
