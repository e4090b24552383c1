"""Which card of an objective is in force, and where each side sees it, folded from the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Max

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.replay import Recorded, Reducer, Span
from commonplace.steering.evidence import CardRoundDecided, CardWritten, Judged, Signed
from commonplace.steering.models import CardRound, Judgement, Objective, Signature

K = TypeVar("K")
V = TypeVar("V")
OPEN = "open"


def _latest(span: Span) -> dict[str, int]:
    rows = Objective.objects.filter(span.within("pk")).everywhere("check").annotate(number=Max("cards__number"))
    return dict(rows.values_list("pk", "number"))


def _signed(span: Span) -> dict[str, frozenset[tuple[int, str]]]:
    rows = Signature.objects.filter(span.within("card__objective")).everywhere("check")
    signed = rows.values_list("card__objective", "card__number", "side")
    return {pk: frozenset(each) for pk, each in _gathered((pk, (n, side), None) for pk, n, side in signed).items()}


def _judged(span: Span) -> dict[str, Mapping[str, int]]:
    rows = Judgement.objects.filter(span.within("card__objective")).everywhere("check").order_by("judged_at", "pk")
    return _gathered(rows.values_list("card__objective", "side", "level"))


def _rounds(span: Span) -> dict[str, Mapping[str, str]]:
    rows = CardRound.objects.filter(span.within("card__objective")).everywhere("check")
    ended = rows.values_list("card__objective", "pk", "outcome")
    return _gathered((objective, pk, outcome or OPEN) for objective, pk, outcome in ended)


def _gathered(rows: Iterable[tuple[str, K, V]]) -> dict[str, Mapping[K, V]]:
    by_objective: dict[str, dict[K, V]] = defaultdict(dict)
    for objective, key, value in rows:
        by_objective[objective][key] = value
    return dict(by_objective)


cards: Reducer[int] = Reducer("objective's card", 0, _latest)
signatures: Reducer[frozenset[tuple[int, str]]] = Reducer("objective's signatures", frozenset(), _signed)
levels: Reducer[Mapping[str, int]] = Reducer("objective's level", {}, _judged)
rounds: Reducer[Mapping[str, str]] = Reducer("round on a card", {}, _rounds)


@cards.on("objective.stated", "objective.card_written")
def _written(number: int, act: Recorded, evidence: CardWritten) -> int:
    return evidence.number


@signatures.on("objective.signed")
def _sign(before: frozenset[tuple[int, str]], act: Recorded, evidence: Signed) -> frozenset[tuple[int, str]]:
    return before | {(evidence.number, evidence.side.value)}


@levels.on("objective.judged")
def _judge(before: Mapping[str, int], act: Recorded, evidence: Judged) -> Mapping[str, int]:
    return {**before, evidence.side.value: evidence.level}


@rounds.on("objective.round_opened")
def _open(before: Mapping[str, str], act: Recorded, evidence: Evidence) -> Mapping[str, str]:
    return {**before, act.object: OPEN}


@rounds.on("objective.round_decided")
def _decide(before: Mapping[str, str], act: Recorded, evidence: CardRoundDecided) -> Mapping[str, str]:
    return {**before, act.object: evidence.outcome.value}
