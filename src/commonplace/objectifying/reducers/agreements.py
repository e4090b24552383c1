"""Which version each round made the agreement, and whether it is in force: the decisions end the one before."""

from collections import defaultdict

from commonplace.ledger.replay import Recorded, Reducer, Row, Span, is_set
from commonplace.objectifying.evidence import ChallengeSettled, Decided
from commonplace.objectifying.models import Agreement
from commonplace.objectifying.status import Matter, Outcome

Agreed = dict[str, Row]
"""Round -> the version's practice and number, and whether the agreement has ended."""


def _agreements(span: Span) -> dict[str, Agreed]:
    rows = Agreement.objects.filter(span.within("practice")).everywhere("check")
    columns = ("practice", "proposal", "version__practice", "version__number")
    by_practice: dict[str, Agreed] = defaultdict(dict)
    for practice, proposal, *agreed in rows.values_list(*columns, is_set("ended_at")):
        by_practice[practice][proposal] = tuple(agreed)
    return dict(by_practice)


agreements: Reducer[Agreed] = Reducer("agreements of practice", dict, _agreements)


@agreements.on("proposal.decided")
def _agreed(before: Agreed, act: Recorded, evidence: Decided) -> Agreed:
    if (evidence.matter, evidence.outcome) != (Matter.ACCEPTANCE, Outcome.ACCEPTED):
        return before
    return _ended(before) | {act.object: (act.subject, evidence.number, False)}


@agreements.on("challenge.settled")
def _settled(before: Agreed, act: Recorded, evidence: ChallengeSettled) -> Agreed:
    return before if evidence.outcome == Outcome.UPHELD else _ended(before)


def _ended(before: Agreed) -> Agreed:
    return {proposal: (*agreed[:2], True) for proposal, agreed in before.items()}
