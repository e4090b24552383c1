"""T7: where people stand, and what they object to."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.acts.proposing import moved_to
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.evidence import Amended, ObjectionRaised, ObjectionResolved, StanceTaken
from commonplace.objectifying.models import How, Objection, Proposal, Stance, Version
from commonplace.objectifying.possible import must_be_open, must_have_words


def _can_be_spoken_in(actor: Person, proposal: Proposal) -> None:
    if proposal.is_closed_to_stances:
        raise NotPossible(_("This round is closed and waits for its decision."))
    rounds = Proposal.objects.filter(pk=proposal.pk).everywhere("guard")
    if not rounds.may_be_spoken_in_by(actor).exists():
        raise NotPossible(_("You joined after this round was opened. You can speak in the next one."))


def _can_be_raised(actor: Person, proposal: Proposal, text: str) -> None:
    must_have_words(text, _("An objection needs its reason: what harm would it do?"))
    if proposal.objections.standing().filter(raised_by=actor).exists():
        raise NotPossible(_("Your objection stands already."))


def _can_be_taken(actor: Person, proposal: Proposal, *, stance: Stand, reason: str = "") -> None:
    must_be_open(proposal)
    _can_be_spoken_in(actor, proposal)
    if stance == Stand.CONCERN:
        must_have_words(reason, _("Say your concern: it is kept for the review."))
    if stance == Stand.OBJECT:
        _can_be_raised(actor, proposal, reason)
    if proposal.stances.current().filter(person=actor, stance=stance, reason=reason).exists():
        raise NotPossible(_("You have said so already."))


@act("proposal.stance", who=policy.speaker, evidence=StanceTaken, guard=_can_be_taken)
def take_stance(actor: Person, proposal: Proposal, *, stance: Stand, reason: str = "") -> Written[Stance]:
    """Who: a member since before the round opened, not a sponsor. Guard: in time, reasons given.
    Effect: it replaces their last one.

    Objecting raises an objection; any other stance withdraws one's own.
    """
    proposal.stances.current().filter(person=actor).update(replaced_at=clock.now())
    row = Stance.objects.create(
        proposal=proposal,
        version=proposal.version,
        person=actor,
        stance=stance,
        reason=reason,
        unit=actor.unit_id or "",
    )
    own = [_raise(actor, proposal, reason)] if stance == Stand.OBJECT else _withdraw_own(actor, proposal)
    return Written(row, StanceTaken(stance=stance), also=own)


def _raise(actor: Person, proposal: Proposal, text: str) -> Also:
    row = Objection.objects.create(proposal=proposal, raised_by=actor, raised_on=proposal.version, text=text)
    return Also("proposal.objection_raised", row, ObjectionRaised(number=proposal.version.number))


consequence(
    "proposal.objection_raised",
    of=("proposal.stance",),
    evidence=ObjectionRaised,
    effect="Somebody takes the stance to object: their objection stands, and stops the round, until it is settled.",
)


def _withdraw_own(actor: Person, proposal: Proposal) -> list[Also]:
    their_own = proposal.objections.standing().filter(raised_by=actor)
    return [
        Also("proposal.objection_resolved", _settled(own, actor, How.WITHDRAWN), ObjectionResolved(how=How.WITHDRAWN))
        for own in their_own
    ]


def _answers(actor: Person, objection: Objection, *, how: How, version: Version | None = None) -> None:
    must_be_open(objection.proposal)
    if not objection.is_standing:
        raise NotPossible(_("This objection is settled already."))
    own = objection.raised_by_id == actor.pk
    if how == How.WITHDRAWN:
        if not own:
            raise NotPossible(_("Only who raised an objection withdraws it."))
    else:
        _must_meet_it(actor, objection, version)


@act(
    "proposal.objection_resolved",
    who=policy.settler,
    evidence=ObjectionResolved,
    guard=_answers,
    of=("proposal.stance",),
)
def settle_objection(
    actor: Person, objection: Objection, *, how: How, version: Version | None = None
) -> Written[Objection]:
    """Who: who raised it, or a facilitator without a part.
    Guard: withdrawn by who raised it, or met by a newer version.
    Effect: settled.

    Met by a change, the round moves to that version. The author never rules on an objection to their own proposal.
    """
    met = version if how == How.CHANGE else None
    also = []
    if met and met.number > objection.proposal.version.number:
        moved = moved_to(objection.proposal, met)
        also.append(Also("proposal.amended", moved, Amended(number=met.number)))
    evidence = ObjectionResolved(how=how, number=met.number if met else None)
    return Written(_settled(objection, actor, how, met), evidence, also=also)


def _settled(objection: Objection, actor: Person, how: How, met: Version | None = None) -> Objection:
    objection.how, objection.version = how, met
    objection.settled_at, objection.settled_by = clock.now(), actor
    objection.save(update_fields=["how", "version", "settled_at", "settled_by"])
    return objection


def _must_meet_it(actor: Person, objection: Objection, version: Version | None) -> None:
    practice, on = objection.subject, objection.proposal.version.number
    if (
        version is None
        or version.practice_id != practice.pk
        or not max(on, objection.raised_on.number + 1) <= version.number
    ):
        raise NotPossible(_("Say which newer version meets the objection."))
    if version.author_id == actor.pk and objection.raised_by_id != actor.pk:
        raise NotPossible(
            _("You wrote that version: who objects, or another facilitator, says whether it meets the objection.")
        )
