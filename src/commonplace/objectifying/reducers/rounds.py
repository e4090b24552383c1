"""The version that each round is on, how it ended and who decided it, and the rule that was fixed at its opening."""

from typing import Any

from commonplace.ledger.replay import Recorded, Reducer, Row, Span, is_set, of_each
from commonplace.objectifying.evidence import Amended, Decided, ProposalOpened
from commonplace.objectifying.models import Proposal
from commonplace.objectifying.terms import closing_day

FIXED = ("matter", "challenge", "proposed_outcome", "eligible", "quorum", "units_needed", "days")


def _rules(span: Span) -> dict[str, Row]:
    rows = Proposal.objects.filter(span.within("practice")).everywhere("check")
    return {row[0]: _rule(*row[1:]) for row in rows.values_list("pk", "opened_by", *FIXED, "review_on", "closes_at")}


def _rule(*columns: Any) -> Row:
    *fixed, review_on, closes_at = columns
    return (*fixed, review_on.isoformat(), closing_day(closes_at))


ON, END = ("version__practice", "version__number"), ("outcome", "decided_by", is_set("decided_at"))
rounds = of_each("round", Proposal, "practice", "practice", *ON, *END)
rules: Reducer[Row] = Reducer("rule of round", tuple, _rules, by="object")


@rounds.on("proposal.opened", "proposal.amended")
def _put(before: Row, act: Recorded, evidence: ProposalOpened | Amended) -> Row:
    return act.subject, act.subject, evidence.number, "", None, False


@rounds.on("proposal.decided")
def _decided(before: Row, act: Recorded, evidence: Decided) -> Row:
    return (*before[:3], evidence.outcome.value, act.actor, True)


@rules.on("proposal.opened")
def _fixed(before: Row, act: Recorded, evidence: ProposalOpened) -> Row:
    matter = (evidence.matter.value, evidence.challenge or None, evidence.proposed_outcome.value)
    numbers = (evidence.eligible, evidence.quorum, evidence.units_needed, evidence.days)
    return (act.actor, *matter, *numbers, evidence.review_on, evidence.closes_on)


@rules.on("proposal.amended")
def _begins_again(before: Row, act: Recorded, evidence: Amended) -> Row:
    return (*before[:-1], evidence.closes_on)
