"""What stands against a round, whose it is, who understood it, how it was settled; which text is said to meet it, or
does not as they say."""

from commonplace.consenting.evidence import (
    ObjectionAnswered,
    ObjectionKept,
    ObjectionRaised,
    ObjectionResolved,
    ObjectionRestated,
    ObjectionUnderstood,
)
from commonplace.consenting.models import Objection, Remedy
from commonplace.ledger.replay import Recorded, Row, is_set, of_each

RAISED = ("proposal", "raised_by", "raised_on", "ground", "for_another", "repeated", "taken_from")
HEARD = ("heard_by", is_set("heard_at"), is_set("understood_at"))
END = ("how", "number", is_set("settled_at"), "kept_on")
objections = of_each("objection", Objection, "proposal__subject_id", *RAISED, *HEARD, *END)
remedies = of_each("remedy", Remedy, "objection__proposal__subject_id", "objection", "number", "offered_by")


@objections.on("proposal.objection_raised")
def _raised(before: Row, act: Recorded, evidence: ObjectionRaised) -> Row:
    how = (evidence.ground.value, evidence.for_another, evidence.repeated, evidence.taken_from or None)
    heard = (evidence.understood_by or None, *[bool(evidence.understood_by)] * 2)
    return (evidence.proposal, evidence.person, evidence.number, *how, *heard, "", None, False, None)


@objections.on("proposal.objection_restated")
def _restated(before: Row, act: Recorded, evidence: ObjectionRestated) -> Row:
    return (*before[:7], act.actor, True, False, *before[10:])


@objections.on("proposal.objection_understood")
def _understood(before: Row, act: Recorded, evidence: ObjectionUnderstood) -> Row:
    return (*before[:7], evidence.person, True, True, *before[10:])


@objections.on("proposal.objection_resolved")
def _resolved(before: Row, act: Recorded, evidence: ObjectionResolved) -> Row:
    return (*before[:10], evidence.how.value, evidence.number, True, before[13])


@objections.on("proposal.objection_kept")
def _kept(before: Row, act: Recorded, evidence: ObjectionKept) -> Row:
    return (*before[:13], evidence.number)


@remedies.on("proposal.objection_answered")
def _answered(before: Row, act: Recorded, evidence: ObjectionAnswered) -> Row:
    return evidence.objection, evidence.number, act.actor
