"""What time brings is told as what happened is, once of each; where an act's number stands, it has its own."""

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from commonplace.communities.contributions import contributed, of_name
from commonplace.communities.occasions import Due, Occasion, Reminder
from commonplace.corresponding.concerned import may_be_told, notice
from commonplace.corresponding.followers import who_follows
from commonplace.corresponding.models import Notice
from commonplace.corresponding.noting import write
from commonplace.ledger import clock, jobs
from commonplace.ledger.models import Act
from commonplace.ledger.reading import Among, Place, Reading

BYTES = 7  # Of a digest: what fits where an act's number stands.
log = logging.getLogger(__name__)


@jobs.job("corresponding.remind", when=jobs.every(timedelta(hours=1)))
def remind() -> None:
    """Each by itself: one that nobody can say hinders no other."""
    now = clock.now()
    for one in contributed(Reminder):
        try:
            with transaction.atomic():
                for due in one.due(now):
                    write(list(notices(one, due, now)))
        except Exception:
            log.exception("What %s would tell is not known; the rest goes on.", one.name)


def notices(reminder: Reminder, due: Due, now: datetime) -> Iterator[Notice]:
    """For whoever may be told, is not yet, and has not muted it, by the first reason that holds."""
    occasion, number = of_name(Occasion, reminder.name), number_of(reminder, due)
    first = {concern.person: concern for concern in reversed(list(due.concerns))}
    if not first or occasion is None:
        return
    as_act = Act(pk=number, community=due.community, object=due.object, happened_at=now)
    _, muted = who_follows(as_act, occasion.thread, due.thread)
    without = {*muted, *TOLD_BEFORE.rows(people=first, number=number)}
    waiting = [person for person in first if person not in without]
    within, _ = may_be_told(due.community, waiting)
    for concern in (first[one] for one in waiting if one in within):
        yield notice(as_act, occasion, concern, occasion.because[concern.because], due.thread)


def number_of(reminder: Reminder, due: Due) -> int:
    """Less than that of any act, and the same each time."""
    digest = hashlib.sha256(f"{reminder.name} {due.object}".encode()).digest()
    return -1 - int.from_bytes(digest[:BYTES])


def _already() -> Any:
    rows = Notice.objects.filter(person__in=Among("people"), act=Place("number", models.BigIntegerField()))
    return rows.everywhere("who is told of it already").order_by().values_list("person")


TOLD_BEFORE: Reading[str] = Reading(_already, shape=str)
