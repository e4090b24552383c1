"""T8, T8': a round ends by its rule; a facilitator without a part may return it when the rule is not met."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.acts.objecting import held
from commonplace.consenting.counting import ending_of, tally_of
from commonplace.consenting.evidence import Decided
from commonplace.consenting.guards import must_be_open, must_have_words
from commonplace.consenting.kinds import How, Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.consenting.rule import Ending, Lack, Tally
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.nobody import WORKER

LACKS = {
    Lack.QUORUM: gettext_lazy("too few consent"),
    Lack.OTHERS: gettext_lazy("nobody consents who neither wrote it nor opened the round"),
    Lack.UNITS: gettext_lazy("those who consent are of too few units"),
    Lack.OBJECTION: gettext_lazy("an objection stands"),
    Lack.OVERTAKEN: gettext_lazy("what it is about has changed meanwhile"),
}


def _follows_the_rule(actor: Any, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> None:
    must_be_open(proposal)
    must_fit(Proposal(reason=reason), "reason")
    left = ending_of(proposal)
    if outcome == left.by_rule:
        return
    if outcome not in left.by_facilitator:
        raise NotPossible(_what_the_rule_says(proposal, left))
    if not policy.returner.allows(actor, proposal):
        raise NotPossible(
            _("Until it returns by itself, a facilitator who has no part in it returns it, with a reason.")
        )
    must_have_words(reason, _("Say why, for those who wrote it and those who will look for it."))


def _what_the_rule_leaves(actor: Any, proposal: Proposal) -> dict[str, Any]:
    left = ending_of(proposal)
    return {"outcome": left.by_rule or next(iter(left.by_facilitator), Outcome.ACCEPTED), "reason": ANYTHING}


@act(
    "proposal.decided",
    who=policy.decider,
    evidence=Decided,
    guard=_follows_the_rule,
    supposing=_what_the_rule_leaves,
)
def decide(actor: Any, proposal: Proposal, *, outcome: Outcome, reason: str = "") -> Written[Proposal]:
    """Who: the worker at the close, or anybody asked, records what the rule says; a facilitator without a part in it
    may return it. Guard: closed or all have spoken, and the rule met: accepted, and nothing else. Closed and not met:
    returned, or not accepted where an objection stands; after DECISION_DAYS, or with nobody to return it, by itself.
    Effect: decided, with what its matter makes of it.
    """
    counts, by_rule = tally_of(proposal), outcome == ending_of(proposal).by_rule
    settled = held(proposal, outcome == Outcome.ACCEPTED)
    proposal.outcome, proposal.reason = outcome, reason
    proposal.decided_at, proposal.decided_by = clock.now(), None if by_rule else actor
    proposal.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])
    matter = proposal.kind
    follows = matter.accepted if outcome == Outcome.ACCEPTED else matter.refused
    return Written(proposal, _decided(proposal, counts, by_rule), also=[*settled, *follows(actor, proposal)])


def by_the_rule(proposal: Proposal) -> Outcome | None:
    """What the worker records now, if anything."""
    return ending_of(proposal).by_rule


def end_by_the_rule(proposal: Proposal) -> Proposal | None:
    """Done by nobody: at the close, or as soon as all have spoken."""
    outcome = by_the_rule(proposal)
    return decide(WORKER, proposal, outcome=outcome) if outcome else None


def _decided(proposal: Proposal, counts: Tally, by_rule: bool) -> Decided:
    return Decided(
        matter=Kind(proposal.matter),
        number=proposal.number,
        outcome=Outcome(proposal.outcome),
        by_rule=by_rule,
        consents=counts.consents,
        others_consent=counts.others_consent,
        eligible=proposal.eligible,
        gone=proposal.eligible - counts.eligible,
        spoken=counts.spoken,
        concerns=counts.concerns,
        objections=_raised(proposal),
        integrated=proposal.objections.filter(how=How.CHANGE).count(),
        standing=counts.standing,
        units=len(counts.units),
        consent_units=list(counts.units),
        days_open=max((clock.now() - proposal.opened_at).days, 0),
    )


def _raised(proposal: Proposal) -> int:
    """Each once, whoever took it up since, and however often it was said anew."""
    return proposal.objections.exclude(taken_from__proposal=proposal).count()


def _what_the_rule_says(proposal: Proposal, left: Ending) -> str:
    missing = tally_of(proposal).missing
    if not proposal.is_closed_to_stances:
        return _("The round is open: it ends when it closes, or when all have spoken and the rule is met.")
    if not missing:
        return _("The rule is met: enough consent, and no objection stands. It leaves one end, acceptance.")
    if left.by_rule == Outcome.RETURNED or left.by_facilitator == (Outcome.RETURNED,):
        return _("It is returned: %(reasons)s.") % {"reasons": lacking(missing)}
    return _("It cannot be accepted: %(reasons)s.") % {"reasons": lacking(missing)}


def lacking(missing: tuple[Lack, ...]) -> str:
    return ", ".join(str(LACKS[lack]) for lack in missing)
