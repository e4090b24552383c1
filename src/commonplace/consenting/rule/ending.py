"""When a round may end, how, and who may record it. The rule decides, not a person: nobody's absence is a veto."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from commonplace.consenting.kinds import Outcome
from commonplace.consenting.rule.round import Round
from commonplace.consenting.rule.tally import Tally, tally


@dataclass(frozen=True, slots=True)
class Ending:
    """`by_rule`: what the worker, or anybody eligible, records now, and nothing else; None while it is not for it.

    `by_facilitator`: what a facilitator without a part may choose, until then. `returns_at`: when it returns by itself.
    """

    by_rule: Outcome | None = None
    by_facilitator: tuple[Outcome, ...] = ()
    returns_at: datetime | None = None


def ending(asked: Round, now: datetime, *, somebody_decides: bool, decision_days: int) -> Ending:
    """`somebody_decides`: there is a facilitator without a part in it, who could return it."""
    counts = tally(asked)
    if now < asked.closes_at:
        return Ending(by_rule=Outcome.ACCEPTED if _ends_early(asked, counts) else None)
    if not counts.missing:
        return Ending(by_rule=Outcome.ACCEPTED)
    returns_at = asked.closes_at + timedelta(days=decision_days if somebody_decides else 0)
    if now >= returns_at:
        return Ending(by_rule=Outcome.RETURNED, returns_at=returns_at)
    return Ending(by_facilitator=_choices(asked, counts), returns_at=returns_at)


def _ends_early(asked: Round, counts: Tally) -> bool:
    """All have spoken of the one text that was put, nothing is missing, and no objection waits to be taken up."""
    return not (asked.hidden or asked.moved) and counts.all_have_spoken and not counts.missing and not counts.pending


def _choices(asked: Round, counts: Tally) -> tuple[Outcome, ...]:
    if counts.standing and not asked.overtaken:
        return (Outcome.RETURNED, Outcome.NOT_ACCEPTED)
    return (Outcome.RETURNED,)
