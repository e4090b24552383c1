"""T7: how an objection is settled: who raised it withdraws it, or a newer version meets it."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import Also, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.acts.amending import can_be_amended, moved_to
from commonplace.objectifying.consent import How, SaidBy
from commonplace.objectifying.evidence import ObjectionResolved
from commonplace.objectifying.models import Objection, Proposal, Version
from commonplace.objectifying.possible import must_be_open

RESOLVED = "proposal.objection_resolved"


def _settles(actor: Person, objection: Objection, *, how: How, version: Version | None = None) -> None:
    must_be_open(objection.proposal)
    if not objection.is_standing:
        raise NotPossible(_("This objection is settled already."))
    if how == How.CHANGE:
        _must_be_met(actor, objection, version)
    elif objection.raised_by_id != actor.pk:
        raise NotPossible(_("Only who raised an objection withdraws it."))


def _met_by_a_change(actor: Person, objection: Objection) -> dict[str, Any]:
    """By which version is known before: whoever asks says it."""
    return {"how": How.CHANGE}


@act(
    RESOLVED,
    who=policy.settler,
    evidence=ObjectionResolved,
    guard=_settles,
    supposing=_met_by_a_change,
    of=("proposal.stance",),
)
def settle_objection(
    actor: Person, objection: Objection, *, how: How, version: Version | None = None
) -> Written[Objection]:
    """Who: who raised it, or a facilitator without a part.
    Guard: it stands; withdrawn by who raised it, or met by a newer version. Effect: settled.

    Met by a change, the round moves to that version. The author never rules on an objection to their own proposal.
    """
    met_by, proposal, also = version if how == How.CHANGE else None, objection.proposal, []
    if met_by and _moves(proposal, met_by):
        also = [Also("proposal.amended", proposal, moved_to(proposal, met_by))]
    return Written(objection, _resolved(objection, actor, how, met_by), also=also)


def withdrawn_by(actor: Person, proposal: Proposal) -> list[Also]:
    """Who takes another stance withdraws what they objected."""
    own = proposal.objections.standing().filter(raised_by=actor)
    return [Also(RESOLVED, each, _resolved(each, actor, How.WITHDRAWN)) for each in own]


def _must_be_met(actor: Person, objection: Objection, version: Version | None) -> None:
    proposal = objection.proposal
    oldest = max(proposal.version.number, objection.raised_on.number + 1)
    if version is None or version.practice_id != proposal.practice_id or version.number < oldest:
        raise NotPossible(_("Say which newer version meets the objection."))
    if version.author_id == actor.pk and objection.raised_by_id != actor.pk:
        raise NotPossible(
            _("You wrote that version: who objects, or another facilitator, says whether it meets the objection.")
        )
    if _moves(proposal, version):
        can_be_amended(actor, proposal, version=version)


def _moves(proposal: Proposal, version: Version) -> bool:
    return version.number > proposal.version.number


def _resolved(objection: Objection, actor: Person, how: How, met_by: Version | None = None) -> ObjectionResolved:
    objection.how, objection.version = how, met_by
    objection.settled_at, objection.settled_by = clock.now(), actor
    objection.save(update_fields=["how", "version", "settled_at", "settled_by"])
    own = objection.raised_by_id == actor.pk
    number = met_by.number if met_by else None
    return ObjectionResolved(how=how, number=number, said_by=SaidBy.RAISER if own else SaidBy.FACILITATOR)
