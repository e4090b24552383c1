"""T8': who opened a round takes it back before it closes. What stands against it stands in the next one."""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.evidence import Withdrawn
from commonplace.consenting.guards import must_be_in_time, must_have_words
from commonplace.consenting.kinds import Kind, Outcome, TakenBack
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act


def _can_be_withdrawn(actor: Person, proposal: Proposal, *, reason: str, why: TakenBack = TakenBack.OTHER) -> None:
    must_be_in_time(proposal)
    must_fit(Proposal(reason=reason), "reason")
    must_have_words(reason, _("Say why, for those who have spoken."))


def _any_reason(actor: Person, proposal: Proposal) -> dict[str, Any]:
    return {"reason": ANYTHING}


@act("proposal.withdrawn", who=policy.opener, evidence=Withdrawn, guard=_can_be_withdrawn, supposing=_any_reason)
def withdraw(actor: Person, proposal: Proposal, *, reason: str, why: TakenBack = TakenBack.OTHER) -> Written[Proposal]:
    """Who: who opened it. Guard: until the closing time; with a reason, `why` being what kind of one. Effect: the round
    is over; objections that stand will stand in the next one, until their raisers say otherwise."""
    proposal.outcome, proposal.reason, proposal.why = Outcome.WITHDRAWN, reason, why
    proposal.decided_at, proposal.decided_by = clock.now(), actor
    proposal.save(update_fields=["outcome", "reason", "why", "decided_at", "decided_by"])
    standing = proposal.objections.standing().count()
    evidence = Withdrawn(matter=Kind(proposal.matter), number=proposal.number, standing=standing, why=why)
    return Written(proposal, evidence)
