"""T7: an objection, and how it is settled: its raiser withdraws it or says that a change met it; others take it up."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.acts.opening import last_round, raised
from commonplace.consenting.counting import against
from commonplace.consenting.evidence import ObjectionAnswered, ObjectionKept, ObjectionRaised, ObjectionResolved
from commonplace.consenting.guards import (
    must_be_in_time,
    must_be_of_this_text,
    must_be_the_first_for_another,
    must_have_words,
    must_stand,
)
from commonplace.consenting.kinds import Ground, How, Outcome, PartIn, SaidBy
from commonplace.consenting.models import Objection, Proposal, Remedy
from commonplace.consenting.models.objection import ObjectionQuerySet
from commonplace.consenting.rows import rows_of
from commonplace.consenting.rule import binding_changed
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Also, Written, act
from commonplace.ledger.errors import NotPossible

RAISED, RESOLVED = "proposal.objection_raised", "proposal.objection_resolved"
WHOSE = (PartIn.WROTE, PartIn.CREDITED, PartIn.OPENED)


def _for_somebody(actor: Person, proposal: Proposal, *, ground: Ground, harm: str) -> None:
    must_be_in_time(proposal)
    must_fit(Objection(harm=harm), "harm")
    must_have_words(harm, _("An objection needs its reason: what harm would it do?"), "harm")
    must_be_the_first_for_another(actor, proposal)


def _any_harm(actor: Person, proposal: Proposal) -> dict[str, Any]:
    return {"ground": Ground.UNSAFE, "harm": ANYTHING}


@act(
    RAISED,
    who=policy.go_between,
    evidence=ObjectionRaised,
    guard=_for_somebody,
    supposing=_any_harm,
    of=("proposal.stance", "proposal.opened", RESOLVED),
)
def object_for_another(actor: Person, proposal: Proposal, *, ground: Ground, harm: str) -> Written[Objection]:
    """Who: a facilitator, no sponsor, for somebody unnamed. Guard: in time; ground and harm; one in a round.
    Effect: it stands as the facilitator's own act, and says so; who it was is kept nowhere."""
    row = Objection.objects.create(
        proposal=proposal, raised_by=actor, for_another=True, ground=ground, harm=harm, raised_on=proposal.number
    )
    return Written(row, raised(row))


def object_to(proposal: Proposal, person: Person, ground: Ground, harm: str) -> list[Also]:
    """One's own, by the stance: the one that stands is said anew, or there is a new one. On another ground it is no
    more the one that was taken up from somebody, which goes back."""
    before = proposal.objections.standing().filter(raised_by=person, for_another=False).first()
    goes_on = before if before and before.ground == ground else None
    also = [Also(RESOLVED, before, _resolved(before, person, How.ANEW))] if before else []
    also += [] if goes_on or before is None else _given_back(before)
    row = Objection.objects.create(
        proposal=proposal,
        raised_by=person,
        ground=ground,
        harm=harm,
        raised_on=proposal.number,
        repeated=goes_on.repeated if goes_on else _is_repeated(proposal, person, ground),
        taken_from=goes_on,
    )
    return [*also, Also(RAISED, row, raised(row))]


def _is_repeated(proposal: Proposal, person: Person, ground: Ground) -> bool:
    """Raised in the round before on the same ground; what binds was changed since; and a text was written to meet it,
    or a facilitator without a part said there that one does. That somebody typed something meets nothing by itself."""
    before = last_round(proposal)
    if before is None or before.outcome in (Outcome.ACCEPTED, Outcome.WITHDRAWN):
        return False
    mine = before.objections.filter(raised_by=person, for_another=False, ground=ground)
    own = mine.filter(how__in=("", How.DISSENT)).first()
    if own is None or proposal.number <= own.raised_on or not _is_met_by(mine, own, proposal):
        return False
    objected_to = before.text_of(own.raised_on)
    return binding_changed(objected_to, proposal.texts, proposal.kind.binding)


def _is_met_by(objections: ObjectionQuerySet, last: Objection, proposal: Proposal) -> bool:
    """As somebody says: by a text that is no later than this one."""
    offered = Remedy.objects.filter(objection__in=objections, number__lte=proposal.number)
    if offered.everywhere("whether it is said again").exists():
        return True
    known = {pk for row in objections.values_list("pk", "taken_from") for pk in row if pk}
    before = Proposal(
        community=proposal.community, matter=proposal.matter, subject_id=proposal.subject_id, number=last.raised_on
    )
    written = proposal.kind.beside(before, sorted(known))
    return any(one.number <= proposal.number for one in written)


def settled_by_speaking(actor: Person, proposal: Proposal) -> list[Also]:
    """Whoever objected and takes another stance: the text has changed since, or they withdraw it."""
    own = list(proposal.objections.standing().filter(raised_by=actor, for_another=False))
    also = [Also(RESOLVED, one, _resolved(one, actor, _how(one))) for one in own]
    return [*also, *(given for one in own for given in _given_back(one))]


def _how(objection: Objection) -> How:
    """By consenting nobody says of what they took up from somebody that a change meets it."""
    changed = objection.proposal.number > objection.raised_on and origin_of(objection) is None
    return How.CHANGE if changed else How.WITHDRAWN


def origin_of(objection: Objection) -> Objection | None:
    """The objection of somebody else that this one was taken up from."""
    before = objection.taken_from
    while before and before.raised_by_id == objection.raised_by_id:
        before = before.taken_from
    return before if before and before.how == How.TAKEN_UP else None


def _given_back(objection: Objection) -> list[Also]:
    """Whoever took it up lets go of it: it is its raiser's again, as it was, unless they have said otherwise since."""
    origin, proposal = origin_of(objection), objection.proposal
    if objection.how == How.CHANGE or origin is None or _says_otherwise(origin, proposal):
        return []
    row = Objection.objects.create(
        proposal=proposal,
        raised_by=origin.raised_by,
        for_another=origin.for_another,
        ground=origin.ground,
        harm=origin.harm,
        raised_on=objection.raised_on,
        repeated=origin.repeated,
        taken_from=objection,
        **origin.understanding,
    )
    return [Also(RAISED, row, raised(row))]


def _says_otherwise(origin: Objection, proposal: Proposal) -> bool:
    """Its raiser has objected anew, or taken another stance themselves, since it was taken up."""
    whose = {"raised_by": origin.raised_by, "for_another": origin.for_another}
    spoken = proposal.stances.current().own().filter(person=origin.raised_by, taken_at__gt=origin.settled_at)
    return proposal.objections.standing().filter(**whose).exists() or (spoken.exists() and not origin.for_another)


def _settles(actor: Person, objection: Objection, *, how: How, number: int | None = None) -> None:
    must_stand(objection)
    must_be_of_this_text(objection.proposal, number)
    if how == How.TAKEN_UP:
        _can_be_taken_up(actor, objection)
    elif objection.raised_by_id != actor.pk:
        raise NotPossible(_("Only who raised an objection says that it is met, or withdraws it."))
    elif how == How.CHANGE:
        _must_have_changed(objection)
    elif how != How.WITHDRAWN:
        raise NotPossible(_("The rule alone keeps an objection as dissent."))


def _withdrawn_or_taken_up(actor: Person, objection: Objection) -> dict[str, Any]:
    return {"how": How.WITHDRAWN if objection.raised_by_id == actor.pk else How.TAKEN_UP}


@act(
    RESOLVED,
    who=policy.settler,
    evidence=ObjectionResolved,
    guard=_settles,
    supposing=_withdrawn_or_taken_up,
    of=("proposal.stance", "proposal.decided"),
)
def settle_objection(actor: Person, objection: Objection, *, how: How, number: int | None = None) -> Written[Objection]:
    """Who: who raised it; anybody asked, to take it up. Guard: it stands; met by a change of the text; taken up where
    its raiser has left, was removed, or says the same again of a changed text, by nobody who wrote it, is credited or
    opened the round. Effect: settled; one taken up stands as the other's own, and withdrawn by them goes back.

    `number`: of the text that the person had before them.
    """
    if how != How.TAKEN_UP:
        settled = _resolved(objection, actor, how)
        return Written(objection, settled, also=_given_back(objection))
    row = Objection.objects.create(
        proposal=objection.proposal,
        raised_by=actor,
        ground=objection.ground,
        harm=objection.harm,
        raised_on=objection.raised_on,
        taken_from=objection,
    )
    return Written(objection, _resolved(objection, actor, how), also=[Also(RAISED, row, raised(row))])


def _can_be_taken_up(actor: Person, objection: Objection) -> None:
    proposal = objection.proposal
    if objection.raised_by_id == actor.pk:
        raise NotPossible(_("It is your own. Another of those asked may take it up."))
    if proposal.parties.filter(person=actor, part__in=WHOSE).exists():
        raise NotPossible(_("You wrote it, are credited or opened the round: another of those asked takes it up."))
    own = proposal.objections.standing().filter(raised_by=actor, for_another=False).first()
    if own and against(proposal, rows_of(proposal))[own.pk].stops:
        raise NotPossible(_("Your own objection stands already: it stops the round by itself."))
    if own:
        raise NotPossible(
            _("Your own objection does not stop the round by itself. If you share this one, object on its ground.")
        )
    if not can_be_taken_up(objection):
        raise NotPossible(_("Who raised it is here and answers for it. Say where you stand yourself."))


def can_be_taken_up(objection: Objection) -> bool:
    """Its raiser is not there to answer for it, or it does not stop the round unless somebody shares it."""
    each = against(objection.proposal, rows_of(objection.proposal))
    return each[objection.pk].waits or not policy.member.allows(objection.raised_by, objection.proposal)


def _must_have_changed(objection: Objection) -> None:
    if objection.proposal.number <= objection.raised_on:
        raise NotPossible(_("Nothing has changed since it was raised. It can be withdrawn."))


def _can_be_answered(actor: Person, objection: Objection, *, number: int | None = None) -> None:
    must_stand(objection)
    must_be_of_this_text(objection.proposal, number)
    _must_have_changed(objection)
    if not policy.raiser.allows(objection.raised_by, objection):
        raise NotPossible(_("Who raised it is not here to say no to that. Somebody asked may take it up."))
    if objection.remedies.filter(refused_at=None).exists():
        raise NotPossible(_("Somebody has said so already: its raiser answers."))
    if objection.kept_on == objection.proposal.number:
        raise NotPossible(_("Its raiser has said that it still stands."))


@act("proposal.objection_answered", who=policy.answerer, evidence=ObjectionAnswered, guard=_can_be_answered)
def answer_objection(actor: Person, objection: Objection, *, number: int | None = None) -> Written[Remedy]:
    """Who: a facilitator without a part in the round. Guard: it stands; the text has changed since; its raiser is here
    and has not said no to this text, which is the one that was read.
    Effect: it is met if its raiser, told, says nothing else for REMEDY_DAYS."""
    row = Remedy.objects.create(objection=objection, number=objection.proposal.number, offered_by=actor)
    return Written(row, ObjectionAnswered(objection=objection.pk, number=row.number))


def _can_be_kept(actor: Person, objection: Objection, *, number: int | None = None) -> None:
    must_stand(objection)
    must_be_of_this_text(objection.proposal, number)
    if not objection.is_asked_about and not objection.remedies.filter(refused_at=None).exists():
        raise NotPossible(_("Nobody says that it is met. It stands."))


@act("proposal.objection_kept", who=policy.raiser, evidence=ObjectionKept, guard=_can_be_kept)
def keep_objection(actor: Person, objection: Objection, *, number: int | None = None) -> Written[Objection]:
    """Who: who raised it. Guard: somebody said that a text meets it, the one that was read; or the text is another than
    it was raised against, or it comes from a round before, and they have not said so yet.
    Effect: it stands; that text does not meet it."""
    objection.remedies.filter(refused_at=None).update(refused_at=clock.now())
    objection.kept_on = objection.proposal.number
    objection.save(update_fields=["kept_on"])
    return Written(objection, ObjectionKept(number=objection.proposal.number))


def held(proposal: Proposal, accepted: bool) -> Sequence[Also]:
    """At the end: what a facilitator answered and its raiser left so is met; what nobody took up is kept as dissent."""
    also: list[Also] = []
    each = against(proposal, rows_of(proposal))
    for one in proposal.objections.standing().order_by("raised_at", "pk"):
        remedy = one.remedies.filter(refused_at=None).first()
        if remedy and each[one.pk].is_answered:
            also.append(Also(RESOLVED, one, _resolved(one, remedy.offered_by, How.CHANGE, SaidBy.FACILITATOR)))
        elif accepted:
            also.append(Also(RESOLVED, one, _resolved(one, None, How.DISSENT, SaidBy.RULE)))
    return also


def _resolved(objection: Objection, by: Person | None, how: How, said_by: SaidBy | None = None) -> ObjectionResolved:
    """By whoever it stands with, where nobody else is named."""
    holds = how == How.TAKEN_UP or origin_of(objection) is not None
    said_by = said_by or (SaidBy.HOLDER if holds else SaidBy.RAISER)
    objection.how, objection.settled_at, objection.settled_by = how, clock.now(), by
    objection.number = objection.proposal.number if how == How.CHANGE else None
    objection.save(update_fields=["how", "number", "settled_at", "settled_by"])
    return ObjectionResolved(how=how, number=objection.number, said_by=said_by)
