"""Who stated an objective, wrote and signed its cards, and where each side sees it."""

from collections import defaultdict

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Row, Span, of_each
from commonplace.steering.evidence import CardWritten, Judged, Signed
from commonplace.steering.models import Card, Judgement, Objective, Side, Signature

Cards = dict[int, Row]
ABOUT = "card__objective"


def _cards(span: Span) -> dict[str, Cards]:
    rows = Card.objects.filter(span.within("objective")).everywhere("check")
    by_objective: dict[str, Cards] = defaultdict(dict)
    for objective, number, by, horizon, metrics in rows.values_list(
        "objective", "number", "written_by", "horizon", "metrics"
    ):
        by_objective[objective][number] = (by, horizon.isoformat(), metrics)
    return dict(by_objective)


objectives = of_each("objective", Objective, "pk", "community", "stated_by")
cards: Reducer[Cards] = Reducer("cards of objective", dict, _cards)
signatures = of_each("signature", Signature, ABOUT, ABOUT, "card__number", "side", "person", "proposal")
judgements = of_each("judgement", Judgement, ABOUT, ABOUT, "card__number", "side", "person", "level")


@objectives.on("objective.stated")
def _stated(before: Row, act: Recorded, evidence: Evidence) -> Row:
    return act.community, act.actor


@cards.on("objective.stated", "objective.card_written")
def _written(before: Cards, act: Recorded, evidence: CardWritten) -> Cards:
    before[evidence.number] = (act.actor, evidence.horizon_on, evidence.metric_ids)
    return before


@signatures.on("objective.signed")
def _signed(before: Row, act: Recorded, evidence: Signed) -> Row:
    signer = act.actor if evidence.side == Side.SPONSOR else None
    return act.subject, evidence.number, evidence.side.value, signer, evidence.proposal


@judgements.on("objective.judged")
def _judged(before: Row, act: Recorded, evidence: Judged) -> Row:
    return act.subject, evidence.number, evidence.side.value, act.actor, evidence.level
