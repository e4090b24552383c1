"""Which version each round made the agreement, and whether it is in force: the decisions end the one before."""

from collections import defaultdict

from commonplace.consenting.evidence import Decided
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, is_set
from commonplace.objectifying.evidence import ChallengeSettled, MinorAgreed, PutAwayBy
from commonplace.objectifying.models import Agreement
from commonplace.objectifying.status import KEPT

Agreed = dict[int, Row]
"""Number of the version -> its practice, the round that agreed, and whether the agreement has ended."""


def _agreements(span: Span) -> dict[str, Agreed]:
    rows = Agreement.objects.filter(span.within("practice")).everywhere("check")
    columns = ("practice", "version__number", "version__practice", "proposal")
    by_practice: dict[str, Agreed] = defaultdict(dict)
    for practice, number, *agreed in rows.values_list(*columns, is_set("ended_at")):
        same = by_practice[practice]  # Two of one number are one too many, and read so.
        same[number] = (*same.get(number, ()), *agreed)
    return dict(by_practice)


agreements: Reducer[Agreed] = Reducer("agreements of practice", dict, _agreements)


@agreements.on("proposal.decided")
def _agreed(before: Agreed, act: Recorded, evidence: Decided) -> Agreed:
    if (evidence.matter, evidence.outcome) != (Kind.ACCEPTANCE, Outcome.ACCEPTED):
        return before
    return _ended(before) | {evidence.number: (act.subject, act.object, False)}


@agreements.on("practice.minor_agreed")
def _edited(before: Agreed, act: Recorded, evidence: MinorAgreed) -> Agreed:
    return _ended(before) | {evidence.number: (act.subject, evidence.proposal, False)}


@agreements.on("challenge.settled")
def _settled(before: Agreed, act: Recorded, evidence: ChallengeSettled) -> Agreed:
    return before if evidence.outcome in KEPT else _ended(before)


@agreements.on("practice.retired", "practice.replaced")
def _put_away(before: Agreed, act: Recorded, evidence: PutAwayBy) -> Agreed:
    return _ended(before)


def _ended(before: Agreed) -> Agreed:
    return {number: (*agreed[:2], True) for number, agreed in before.items()}
