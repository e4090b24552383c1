"""The worker ends rounds by their rule: at the close, when all have spoken, and when nobody returned them in time.

Then it is the next one's turn, of what waits on the same.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from commonplace.consenting.acts.deciding import end_by_the_rule
from commonplace.consenting.acts.lining_up import take_its_turn
from commonplace.consenting.models import Eligible, InLine, InLineQuerySet, Objection, Proposal
from commonplace.consenting.models.proposal import ProposalQuerySet
from commonplace.ledger import clock
from commonplace.ledger.effects import after
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.jobs import enqueue, every, job
from commonplace.ledger.models import Act

OFTEN, SELDOM, WHY = timedelta(minutes=5), timedelta(hours=1), "the rule ends rounds"
log = logging.getLogger(__name__)


@job("rounds.end", long=True, when=every(OFTEN))
def end_rounds() -> None:
    """Those whose day has come, each by itself: one that cannot end waits, and none waits for another."""
    _end_each(Proposal.objects.closed().filter(_can_end_now()))


@job("rounds.end_late", long=True, when=every(SELDOM))
def end_what_waits() -> None:
    """What closed and was not ended: meanwhile nobody may be left who could return it, or what it is about changed."""
    _end_each(Proposal.objects.closed())


def _can_end_now() -> Q:
    """Closed of late, time to return by itself, or held open for an answer: for any other it is a facilitator's turn.

    Twice as long as SELDOM, so that none slips through between the two.
    """
    now = clock.now()
    returns = Q(closes_at__lte=now - timedelta(days=settings.DECISION_DAYS))
    pending = Objection.objects.filter(proposal=OuterRef("pk"), remedies__seen__isnull=False).everywhere(WHY)
    return Q(closes_at__gte=now - 2 * SELDOM) | returns | Q(Exists(pending))


@after("proposal.stance", "proposal.objection_resolved", name="rounds.all_have_spoken", at_once=True, long=True)
def end_early(acts: Sequence[Act]) -> None:
    """Where all have spoken since, nobody waits for the closing time. Of all that are open only theirs are read."""
    spoken = {act.evidence["proposal"] for act in acts if "proposal" in act.evidence}
    settled = Objection.objects.filter(pk__in={act.object for act in acts}).everywhere(WHY).values("proposal")
    _end_each(Proposal.objects.open().filter(Q(pk__in=spoken) | Q(pk__in=settled)))


@after("member.left", "person.bot_set", name="rounds.fewer_are_asked")
def fewer_are_asked(acts: Sequence[Act]) -> None:
    """Nobody waits for who left, or is a program: of as many rounds as asked them, so it takes its time."""
    people = {act.actor if act.verb == "member.left" else act.subject for act in acts}
    enqueue("rounds.without", people=sorted(people))


@job("rounds.without", long=True)
def end_without(people: Sequence[str]) -> None:
    asked = Eligible.objects.filter(person__in=people).everywhere(WHY).values("proposal")
    objects = Objection.objects.filter(raised_by__in=people).standing().everywhere(WHY).values("proposal")
    _end_each(Proposal.objects.open().filter(Q(pk__in=asked) | Q(pk__in=objects)))


def _end_each(rounds: ProposalQuerySet) -> None:
    for proposal in rounds.everywhere(WHY).order_by("closes_at"):
        _end(proposal)


@after("proposal.decided", "proposal.withdrawn", name="rounds.next_at_once", at_once=True, long=True)
def open_next(acts: Sequence[Act]) -> None:
    """A round is over: what waits on the same waits no longer than that."""
    _open(InLine.objects.filter(subject_id__in={act.subject for act in acts}).waiting())


@job("rounds.next_in_line", long=True, when=every(OFTEN))
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
