"""What is proposed while another round on the same is open waits its turn, one per person (theory §2.7)."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.acts.opening import (
    community_of,
    must_be_asked_of_others,
    must_be_dated,
    must_be_of_its_matter,
    nothing_typed,
    propose,
)
from commonplace.consenting.evidence import LinedUp, LineLeft
from commonplace.consenting.kinds import Kind, LineEnd
from commonplace.consenting.line import is_next, must_wait, open_on
from commonplace.consenting.models import InLine, Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.locking import current, lock
from commonplace.ledger.nobody import WORKER
from commonplace.ledger.trying import tried_again


def _can_wait(actor: Person, subject: Any, *, proposal: Proposal) -> None:
    matter = must_be_of_its_matter(subject, proposal)
    if not must_wait(subject, proposal):
        raise NotPossible(_("Nothing else on this is open: it need not wait. Open the round."))
    _must_be_the_only_one(actor, subject, proposal)
    if open_on(subject.pk, proposal).filter(**_about(proposal)).exists():
        raise NotPossible(_("The round that is open is about this already. Say there where you stand."))
    must_be_asked_of_others(subject, proposal)
    matter.must_be_able_to_wait(actor, subject, proposal)
    must_be_dated(community_of(subject), proposal)
    matter.text(subject, proposal)


@act("proposal.lined_up", who=policy.speaker, evidence=LinedUp, guard=_can_wait, supposing=nothing_typed)
def line_up(actor: Person, subject: Any, *, proposal: Proposal) -> Written[InLine]:
    """Who: a member, no bot. Guard: as for opening, but that another round on it is open, on something else; nothing
    of theirs on it waits already. Effect: it waits its turn; what a round fixes is fixed when that has come.

    Of `proposal` matter, about, choice, number, aim, scope, review and meeting day are taken.
    """
    row = InLine.objects.create(
        community=community_of(subject),
        subject_id=subject.pk,
        title=proposal.kind.text(subject, proposal).title,
        proposed_by=actor,
        aim=proposal.aim,
        scope=proposal.scope,
        review_on=proposal.review_on,
        met_on=proposal.met_on,
        matter=proposal.kind.kind,
        **_about(proposal),
    )
    about = LinedUp(matter=Kind(row.matter), about=row.about, choice=row.choice, number=row.number)
    return Written(row, about)


def _must_still_wait(actor: Any, row: InLine, *, reason: str = "") -> None:
    must_fit(InLine(reason=reason), "reason")
    if row.ended_at is not None:
        raise NotPossible(_("It does not wait any more: its turn has come, or it was taken back."))


@act("proposal.line_left", who=policy.waiter, evidence=LineLeft, guard=_must_still_wait)
def step_out(actor: Any, row: InLine, *, reason: str = "") -> Written[InLine]:
    """Who: whoever put it in the line takes it back; the worker says that it is lost. Guard: it waits still.
    Effect: it waits no more; of what is lost it is kept why it could not open."""
    row.end = LineEnd.LOST if actor is WORKER else LineEnd.TAKEN_BACK
    row.ended_at, row.reason = clock.now(), reason if actor is WORKER else ""
    row.save(update_fields=["end", "ended_at", "reason"])
    return Written(row, LineLeft(how=row.end))


def take_its_turn(row: InLine) -> None:
    """If it has come: the round opens, in the name of whoever put it there, or it is lost; the one or the other once,
    for what it is on is locked meanwhile."""
    tried_again(lambda: _take_its_turn(row))


def _take_its_turn(row: InLine) -> None:
    with transaction.atomic():
        lock([row])
        row = current(row)
        if row.ended_at is not None or not is_next(row):
            return
        with translation.override(row.community.language):
            _open_or_lose(row)


def _open_or_lose(row: InLine) -> None:
    try:
        propose(row.proposed_by, row.subject, proposal=row.put())
    except NotPossible as refusal:
        step_out(WORKER, row, reason=str(refusal))
    except NotAllowed:
        step_out(WORKER, row, reason=_("Whoever put it does not belong here any more, or may not speak."))


def _must_be_the_only_one(actor: Person, subject: Any, proposal: Proposal) -> None:
    mine = InLine.objects.filter(subject_id=subject.pk, matter=proposal.matter, proposed_by=actor.pk).waiting()
    if mine.everywhere("one per person").exists():
        raise NotPossible(_("Something of yours on this waits already. It is one per person."))


def _about(proposal: Proposal) -> dict[str, Any]:
    return {"about": proposal.about, "choice": str(proposal.choice), "number": proposal.number}
