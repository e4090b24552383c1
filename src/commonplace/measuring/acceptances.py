"""When a practice was first agreed on, and who consented: what several metrics ask of the rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.measuring.cohorts import earliest, latest
from commonplace.measuring.sources import DECIDED, STANCE
from commonplace.objectifying.consent import COUNTING
from commonplace.objectifying.status import Matter, Outcome

if TYPE_CHECKING:
    import ibis.expr.types as ir


def about_acceptance(rounds: ir.Table) -> ir.Table:
    return rounds.filter(rounds.matter == Matter.ACCEPTANCE.value)


def acceptances(acts: ir.Table) -> ir.Table:
    """The first acceptance of each practice by its community: practice, agreed_at, known_until, proposal, number."""
    decided = about_acceptance(DECIDED.begun(acts))
    first = earliest(decided.filter(decided.outcome == Outcome.ACCEPTED.value), "subject")
    return first.select("number", "known_until", practice="subject", agreed_at="happened_at", proposal="object")


def consenters(acts: ir.Table, accepted: ir.Table) -> ir.Table:
    """Whose last word in the round, on the text it accepted, was consent, with or without a concern: practice, person.

    What was said of a text that the round left behind counted no more.
    """
    stances = STANCE.of(acts).rename(person="actor")
    in_time = [accepted.proposal == stances.proposal, accepted.number == stances.number]
    spoken = accepted.inner_join(stances, [*in_time, stances.happened_at <= accepted.agreed_at])
    last = latest(spoken.select("practice", "person", "stance", "happened_at", "act"), "practice", "person")
    return last.filter(last.stance.isin([stand.value for stand in COUNTING])).select("practice", "person")
