"""The card that each round is about, how it ended and who decided it, and the rule that was fixed at its opening."""

from commonplace.ledger.replay import Recorded, Reducer, Row, Span, is_set, of_each
from commonplace.objectifying.terms import closing_day
from commonplace.steering.evidence import CardRoundDecided, CardRoundOpened
from commonplace.steering.models import CardRound

ABOUT = "card__objective"
FIXED = ("opened_by", "eligible", "quorum", "units_needed")


def _rules(span: Span) -> dict[str, Row]:
    rows = CardRound.objects.filter(span.within(ABOUT)).everywhere("check").values_list("pk", "closes_at", *FIXED)
    return {pk: (*fixed, closing_day(closes_at)) for pk, closes_at, *fixed in rows}


END = ("outcome", "decided_by", is_set("decided_at"))
rounds = of_each("round on a card", CardRound, ABOUT, ABOUT, "card__number", *END)
rules: Reducer[Row] = Reducer("rule of round on a card", tuple, _rules, by="object")


@rounds.on("objective.round_opened")
def _opened(before: Row, act: Recorded, evidence: CardRoundOpened) -> Row:
    return act.subject, evidence.number, "", None, False


@rounds.on("objective.round_decided")
def _decided(before: Row, act: Recorded, evidence: CardRoundDecided) -> Row:
    return (*before[:2], evidence.outcome.value, act.actor, True)


@rules.on("objective.round_opened")
def _fixed(before: Row, act: Recorded, evidence: CardRoundOpened) -> Row:
    return act.actor, evidence.eligible, evidence.quorum, evidence.units_needed, evidence.closes_on
