"""When a practice was first agreed on, and who consented: what several metrics ask of the rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commonplace.consenting.kinds import COUNTING, Kind, Outcome
from commonplace.measuring.cohorts import earliest, latest
from commonplace.measuring.sources import AMENDED, DECIDED, STANCE

if TYPE_CHECKING:
    import ibis.expr.types as ir


def about_acceptance(rounds: ir.Table) -> ir.Table:
    return rounds.filter(rounds.matter == Kind.ACCEPTANCE.value)


def acceptances(acts: ir.Table) -> ir.Table:
    """The first acceptance of each practice by its community: practice, agreed_at, known_until, proposal, number."""
    decided = about_acceptance(DECIDED.begun(acts))
    first = earliest(decided.filter(decided.outcome == Outcome.ACCEPTED.value), "subject")
    return first.select("number", "known_until", practice="subject", agreed_at="happened_at", proposal="object")


def consenters(acts: ir.Table, accepted: ir.Table) -> ir.Table:
    """Whose own last word in the round was consent, with or without a concern: practice, person.

    What was said of a text from which the round moved counts where nobody was asked again; what somebody entered for
    another never does.
    """
    stances = STANCE.of(acts)
    own = stances.filter(~stances.entered_by_other)
    words = own.select("proposal", "person", "stance", "happened_at", "act", of="number")
    spoken = accepted.select("practice", "proposal", "agreed_at").inner_join(words, "proposal")
    spoken = spoken.left_join(_asked_again(acts, accepted), "practice")
    kept = spoken.filter(spoken.happened_at <= spoken.agreed_at, spoken.of >= spoken.since.fill_null(0))
    last = latest(kept.select("practice", "person", "stance", "happened_at", "act"), "practice", "person")
    return last.filter(last.stance.isin([stand.value for stand in COUNTING])).select("practice", "person")


def _asked_again(acts: ir.Table, accepted: ir.Table) -> ir.Table:
    """Of practices whose round moved so that nothing said before was kept: practice, since (the text's number)."""
    moved = AMENDED.of(acts)
    again = moved.filter(moved.asked_again).select("happened_at", proposal="object", moved_to="number")
    within = accepted.select("practice", "proposal", "agreed_at").inner_join(again, "proposal")
    before = within.filter(within.happened_at <= within.agreed_at)
    return before.group_by("practice").aggregate(since=before.moved_to.max())
