"""The worker ends rounds by their rule: at the close, when all have spoken, and when nobody returned them in time.

Then it is the next one's turn, of what waits on the same.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from commonplace.consenting.acts.deciding import end_by_the_rule
from commonplace.consenting.acts.lining_up import take_its_turn
from commonplace.consenting.models import InLine, InLineQuerySet, Proposal
from commonplace.ledger.effects import after
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.jobs import every, job
from commonplace.ledger.models import Act

OFTEN, WHY = timedelta(minutes=5), "the rule ends rounds"
log = logging.getLogger(__name__)


@job("rounds.end", long=True, when=every(OFTEN))
def end_rounds() -> None:
    """Those whose day has come, each by itself: one that cannot end waits, and none waits for another."""
    for proposal in Proposal.objects.closed().everywhere(WHY).order_by("closes_at"):
        _end(proposal)


SPEAKING = ("proposal.stance", "proposal.objection_resolved", "member.left", "person.bot_set")


@after(*SPEAKING, name="rounds.all_have_spoken", at_once=True)
def end_early(acts: Sequence[Act]) -> None:
    """Where all have spoken since, nobody waits for the closing time."""
    near = Q(community__in={act.community for act in acts}) | Q(asked__person__in={act.subject for act in acts})
    for proposal in Proposal.objects.open().filter(near).everywhere(WHY).order_by("closes_at").distinct():
        _end(proposal)


@after("proposal.decided", "proposal.withdrawn", name="rounds.next_at_once", at_once=True)
def open_next(acts: Sequence[Act]) -> None:
    """A round is over: what waits on the same waits no longer than that."""
    _open(InLine.objects.filter(subject_id__in={act.subject for act in acts}).waiting())


@job("rounds.next_in_line", when=every(OFTEN))
def open_all_next() -> None:
    """What was cut short between the end of a round and the next."""
    _open(InLine.objects.waiting())


def _open(rows: InLineQuerySet) -> None:
    """In their order: where one cannot be put any more, the next on the same is tried."""
    for row in rows.everywhere("the rule opens what waits"):
        try:
            take_its_turn(row)
        except Exception:
            log.exception("What waits as %s could not be opened; the others go on.", row.pk)


def _end(proposal: Proposal) -> None:
    try:
        end_by_the_rule(proposal)
    except NotPossible:
        log.info("Round %s was ended by somebody else meanwhile.", proposal.pk)
    except Exception:
        log.exception("Round %s could not be ended; the others go on.", proposal.pk)
