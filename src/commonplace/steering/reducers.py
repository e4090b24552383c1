"""Which card of an objective is in force, and where each side sees it, folded from the ledger."""

from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, reduces
from commonplace.steering.models import CardRound, Judgement, Objective, Signature


def _signatures(codes: dict[str, str], act: Act) -> None:
    if act.verb == "objective.signed":
        codes[f"{act.subject} {act.evidence['number']} {act.evidence['side']}"] = "signed"


def _signed() -> dict[str, str]:
    rows = Signature.objects.everywhere("check").values_list("card__objective", "card__number", "side")
    return {f"{objective} {number} {side}": "signed" for objective, number, side in rows}


def _cards(codes: dict[str, str], act: Act) -> None:
    if act.verb in ("objective.stated", "objective.card_written"):
        codes[act.subject] = str(act.evidence["number"])


def _latest() -> dict[str, str]:
    objectives = Objective.objects.everywhere("check").prefetch_related("cards")
    return {objective.pk: str(objective.latest.number) for objective in objectives}


def _levels(codes: dict[str, str], act: Act) -> None:
    if act.verb == "objective.judged":
        codes[f"{act.subject} {act.evidence['side']}"] = str(act.evidence["level_judged"])


def _judged() -> dict[str, str]:
    rows = Judgement.objects.everywhere("check").order_by("judged_at", "pk")
    return {
        f"{objective} {side}": str(level)
        for objective, side, level in rows.values_list("card__objective", "side", "level")
    }


def _round(codes: dict[str, str], act: Act) -> None:
    if act.verb == "objective.round_opened":
        codes[act.object] = "open"
    elif act.verb == "objective.round_decided":
        codes[act.object] = act.evidence["outcome"]


def _rounds() -> dict[str, str]:
    rows = CardRound.objects.everywhere("check").values_list("pk", "outcome")
    return {pk: outcome or "open" for pk, outcome in rows}


reduces(Reducer("round on a card", _round, _rounds))
reduces(Reducer("objective's card", _cards, _latest))
reduces(Reducer("objective's signature", _signatures, _signed))
reduces(Reducer("objective's level", _levels, _judged))
