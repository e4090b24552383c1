"""Rounds to ask the rule about, in a line: "a: consent" and so on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from commonplace.consenting.kinds import Outcome, Stand
from commonplace.consenting.rule import Ending, Round, Voice, ending

CLOSE = datetime(2026, 3, 16, 18, tzinfo=UTC)
BEFORE, AT_THE_CLOSE = CLOSE - timedelta(seconds=1), CLOSE
DAYS = 7
CONSENT, CONCERN, ASIDE, OBJECT = Stand.CONSENT, Stand.CONCERN, Stand.ASIDE, Stand.OBJECT


def silent(person: str, **what: Any) -> Voice:
    return Voice(person=person, **what)


def says(person: str, stance: Stand = CONSENT, **what: Any) -> Voice:
    return Voice(person=person, stance=stance, **what)


def author(person: str = "author", **what: Any) -> Voice:
    return says(person, has_part=True, **what)


def asked(*voices: Voice, quorum: int = 3, **what: Any) -> Round:
    return replace(Round(quorum=quorum, units_needed=0, closes_at=CLOSE, voices=voices), **what)


def at(moment: datetime, one: Round, *, somebody: bool = True) -> Ending:
    return ending(one, moment, somebody_decides=somebody, decision_days=DAYS)


def is_met(one: Round) -> bool:
    """It is accepted at the close, whoever is there to return it."""
    ends = {at(AT_THE_CLOSE, one, somebody=somebody).by_rule for somebody in (True, False)}
    return ends == {Outcome.ACCEPTED}
