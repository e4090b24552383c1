"""Attainment: the log's evidence beside the level that each side judges. Sourced, dated, never a composite."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from commonplace.measuring.cycle.words import Row
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.models import Figure, current
from commonplace.steering.models import Card, Judgement, Side
from commonplace.steering.policy import speaks_for


@dataclass(frozen=True, slots=True)
class View:
    """One side: whether it signed, where it sees the objective, and whether the reader speaks for it."""

    side: Side
    signed: bool
    judgements: list[Judgement]
    is_mine: bool


def evidence_for(card: Card, reader: Any) -> list[Row]:
    """Each metric that the card names, with its latest published figure, if there is one."""
    figures = Figure.objects.visible_to(reader).latest_editions(card.community).filter(metric__in=card.metrics)
    latest = current(figures)
    return [Row(DECLARED[metric], latest.get(metric)) for metric in card.metrics]


def sides_of(card: Card, reader: Any) -> Iterator[View]:
    judged = sorted(card.judgements.all(), key=lambda judgement: judgement.judged_at, reverse=True)
    for side in Side:
        own = [judgement for judgement in judged if judgement.side == side]
        yield View(side, side in card.sides, own, speaks_for(side, reader, card))
