"""T7: where people stand in a round."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.acts.objecting import withdrawn_by
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.evidence import ObjectionRaised, StanceTaken
from commonplace.objectifying.models import Objection, Proposal, Stance, Version
from commonplace.objectifying.possible import must_be_open, must_have_words


def _can_be_taken(
    actor: Person, proposal: Proposal, *, stance: Stand, reason: str = "", version: Version | None = None
) -> None:
    must_be_open(proposal)
    must_fit(Stance(reason=reason), "reason")
    _must_be_in_time(actor, proposal)
    _must_have_read(proposal, version)
    if stance == Stand.CONCERN:
        must_have_words(reason, _("Say your concern: it is kept for the review."))
    if stance == Stand.OBJECT:
        _can_be_raised(actor, proposal, reason)
    if proposal.stances.current().filter(person=actor, stance=stance, reason=reason).exists():
        raise NotPossible(_("You have said so already."))


def _any_stance(actor: Person, proposal: Proposal) -> dict[str, Any]:
    return {"stance": Stand.CONSENT, "reason": ANYTHING}


@act("proposal.stance", who=policy.speaker, evidence=StanceTaken, guard=_can_be_taken, supposing=_any_stance)
def take_stance(
    actor: Person, proposal: Proposal, *, stance: Stand, reason: str = "", version: Version | None = None
) -> Written[Stance]:
    """Who: a member since before the round opened, not a sponsor.
    Guard: in time, on what is proposed now, reasons given. Effect: it replaces their last one.

    Objecting raises an objection; any other stance withdraws one's own. `version`: what the person had before them.
    """
    before = proposal.stances.last_of(actor)
    proposal.stances.current().filter(person=actor).update(replaced_at=clock.now())
    row = proposal.stances.create(
        version=proposal.version, person=actor, stance=stance, reason=reason, unit=actor.unit_id or ""
    )
    own = [_raise(actor, proposal, reason)] if stance == Stand.OBJECT else withdrawn_by(actor, proposal)
    return Written(row, _taken(row, before), also=own)


consequence(
    "proposal.objection_raised",
    of=("proposal.stance",),
    evidence=ObjectionRaised,
    effect="Who: who takes the stance to object. Guard: with a reason; none of their own stands. "
    "Effect: it stands, and stops the round, until it is settled.",
)


def _must_be_in_time(actor: Person, proposal: Proposal) -> None:
    if proposal.is_closed_to_stances:
        raise NotPossible(_("This round is closed and waits for its decision."))
    rounds = Proposal.objects.filter(pk=proposal.pk).everywhere("guard")
    if not rounds.may_be_spoken_in_by(actor).exists():
        raise NotPossible(_("You joined after this round was opened. You can speak in the next one."))


def _must_have_read(proposal: Proposal, version: Version | None) -> None:
    """A page shown before the round moved speaks of what is not proposed any more."""
    if version and version.pk != proposal.version_id:
        raise NotPossible(
            _("Meanwhile the round moved to version %(number)s. Read it, then say where you stand.")
            % {"number": proposal.version.number}
        )


def _can_be_raised(actor: Person, proposal: Proposal, text: str) -> None:
    must_have_words(text, _("An objection needs its reason: what harm would it do?"))
    if proposal.objections.standing().filter(raised_by=actor).exists():
        raise NotPossible(_("Your objection stands already."))


def _raise(actor: Person, proposal: Proposal, text: str) -> Also:
    row = Objection.objects.create(proposal=proposal, raised_by=actor, raised_on=proposal.version, text=text)
    raised = ObjectionRaised(proposal=proposal.pk, number=proposal.version.number)
    return Also("proposal.objection_raised", row, raised)


def _taken(row: Stance, before: Stance | None) -> StanceTaken:
    return StanceTaken(
        proposal=row.proposal_id,
        number=row.version.number,
        stance=Stand(row.stance),
        before=Stand(before.stance) if before else None,
        by_author=row.subject.is_author(row.person),
    )
