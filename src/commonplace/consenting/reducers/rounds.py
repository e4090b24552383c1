"""The text that each round is on, how it ended, who ended it and why, and the rule that was fixed at its opening."""

from typing import Any

from django.db.models import Count

from commonplace.consenting.evidence import Amended, Decided, ProposalOpened, Withdrawn
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.models import Proposal
from commonplace.consenting.terms import closing_day
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, is_set, of_each

FIXED = ("matter", "about", "choice", "list", "quorum", "eligible", "units_needed", "days", "hidden")


def _rules(span: Span) -> dict[str, Row]:
    rows = Proposal.objects.filter(span.within("subject_id")).everywhere("check").annotate(people=Count("asked"))
    columns = ("pk", "opened_by", *FIXED, "people", "review_on", "closes_at")
    return {row[0]: _rule(*row[1:]) for row in rows.values_list(*columns)}


def _rule(*columns: Any) -> Row:
    *fixed, review_on, closes_at = columns
    return (*fixed, review_on.isoformat() if review_on else "", closing_day(closes_at))


END = ("outcome", "decided_by", is_set("decided_at"), "why")
rounds = of_each("round", Proposal, "subject_id", "subject_id", "number", "amended", *END)
rules: Reducer[Row] = Reducer("rule of round", tuple, _rules, by="object")


@rounds.on("proposal.opened")
def _put(before: Row, act: Recorded, evidence: ProposalOpened) -> Row:
    return act.subject, evidence.number, 0, "", None, False, ""


@rounds.on("proposal.amended")
def _put_anew(before: Row, act: Recorded, evidence: Amended) -> Row:
    return (before[0], evidence.number, before[2] + 1, *before[3:])


@rounds.on("proposal.decided")
def _decided(before: Row, act: Recorded, evidence: Decided) -> Row:
    return (*before[:3], evidence.outcome.value, None if evidence.by_rule else act.actor, True, "")


@rounds.on("proposal.withdrawn")
def _withdrawn(before: Row, act: Recorded, evidence: Withdrawn) -> Row:
    return (*before[:3], Outcome.WITHDRAWN.value, act.actor, True, evidence.why.value)


@rules.on("proposal.opened")
def _fixed(before: Row, act: Recorded, evidence: ProposalOpened) -> Row:
    what = (evidence.matter.value, evidence.about, evidence.choice, evidence.batch)
    numbers = (evidence.quorum, evidence.eligible, evidence.units_needed, evidence.days, evidence.hidden)
    return (act.actor, *what, *numbers, evidence.eligible, evidence.review_on, evidence.closes_on)


@rules.on("proposal.amended")
def _closes_later(before: Row, act: Recorded, evidence: Amended) -> Row:
    return (*before[:-1], evidence.closes_on)
