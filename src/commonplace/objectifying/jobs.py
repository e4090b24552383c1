"""What time brings, once a day: challenges that nobody settled, agreements that are looked at again."""

import logging
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from django.conf import settings

from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.jobs import daily, job
from commonplace.ledger.nobody import WORKER
from commonplace.objectifying import acts, batches
from commonplace.objectifying.models import Agreement, Batch, Challenge, MinorEdit
from commonplace.objectifying.reviewing import maybe_due, why_due
from commonplace.objectifying.settling import is_supported

EARLY, WHY = time(5), "time passes for every practice"
log = logging.getLogger(__name__)


@job("practices.age", long=True, when=daily(EARLY))
def let_time_pass() -> None:
    """Each by itself: one that cannot be done now waits, and none waits for another."""
    waited = clock.now() - timedelta(days=settings.CHALLENGE_DAYS)
    open_ones = Challenge.objects.open().filter(raised_at__lte=waited).everywhere(WHY).order_by("raised_at", "pk")
    for one in sorted(open_ones, key=_comes_later):
        _done(one, lambda challenge: acts.settle_in_time(WORKER, challenge))
    fine = clock.now() - timedelta(days=settings.MINOR_DAYS)
    for edit in MinorEdit.objects.waiting().filter(fine_at__lte=fine).everywhere(WHY).order_by("fine_at"):
        _done(edit, lambda edit: acts.agree_on_edit(WORKER, edit))
    for agreement in _in_force():
        _done(agreement, _look_at)


def _comes_later(challenge: Challenge) -> bool:
    """What somebody shares, or a failed report stands behind, comes first: it answers the others on the practice."""
    try:
        return not is_supported(challenge)
    except Exception:
        log.exception("Nobody can say what stands behind %s; it comes last.", challenge.pk)
        return True


def _look_at(agreement: Agreement) -> None:
    if why := why_due(agreement):
        acts.open_review(WORKER, agreement, why=why)


def _in_force() -> Any:
    """Those that nobody looks at now, and that time or reports have brought near a review."""
    rows = Agreement.objects.in_force().exclude(practice__reviews__done_at=None, practice__reviews__isnull=False)
    near = maybe_due(rows.everywhere(WHY))
    return near.select_related("practice__community", "proposal").order_by("review_on", "pk").iterator()


def _done(row: Any, work: Callable[[Any], object]) -> None:
    try:
        work(row)
    except NotPossible:
        log.info("%s %s waits.", row._meta.label, row.pk)
    except Exception:
        log.exception("%s %s could not be moved; the others go on.", row._meta.label, row.pk)


@job("practices.come_in", long=True)
def come_in(batch: str) -> None:
    """What somebody confirmed that is too much to wait for; done twice, the second time goes on with what is left."""
    row = Batch.objects.filter(pk=batch).select_related("by", "community").everywhere("they asked for it").first()
    if row is None or row.is_confirmed:
        return
    try:
        batches.confirm(row.by, row)
    except NotAllowed:  # They have left meanwhile: what is in stays, and nobody waits for the rest.
        batches.finish(row)
