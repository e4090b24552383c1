"""What stands against a round, whose it is, how it was settled; and which text is said to meet it."""

from commonplace.consenting.evidence import ObjectionAnswered, ObjectionRaised, ObjectionResolved
from commonplace.consenting.models import Objection, Remedy
from commonplace.ledger.replay import Recorded, Row, is_set, of_each

RAISED = ("proposal", "raised_by", "raised_on", "ground", "for_another", "repeated", "taken_from")
objections = of_each("objection", Objection, "proposal__subject_id", *RAISED, "how", "number", is_set("settled_at"))
remedies = of_each("remedy", Remedy, "objection__proposal__subject_id", "objection", "number", "offered_by")


@objections.on("proposal.objection_raised")
def _raised(before: Row, act: Recorded, evidence: ObjectionRaised) -> Row:
    how = (evidence.ground.value, evidence.for_another, evidence.repeated, evidence.taken_from or None)
    return (evidence.proposal, evidence.person, evidence.number, *how, "", None, False)


@objections.on("proposal.objection_resolved")
def _resolved(before: Row, act: Recorded, evidence: ObjectionResolved) -> Row:
    return (*before[:7], evidence.how.value, evidence.number, True)


@remedies.on("proposal.objection_answered")
def _answered(before: Row, act: Recorded, evidence: ObjectionAnswered) -> Row:
    return evidence.objection, evidence.number, act.actor
