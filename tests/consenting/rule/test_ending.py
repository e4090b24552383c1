"""When a round ends, how and by whom (theory §2.7: the rule decides, not a person)."""

from datetime import timedelta

import pytest

from commonplace.consenting.kinds import Outcome
from commonplace.consenting.rule import Against, Ending, Round
from tests.consenting.rule.asked import (
    AT_THE_CLOSE,
    BEFORE,
    CLOSE,
    DAYS,
    OBJECT,
    asked,
    at,
    author,
    says,
    silent,
)

ALL = (author(), says("b"), says("c"))
MET = asked(*ALL, silent("d"))
TOO_FEW = asked(author(), says("b"), silent("c"))
OBJECTED = asked(*ALL, says("d", OBJECT), against=(Against("d"),))
LATER = CLOSE + timedelta(days=DAYS)
ACCEPTED, RETURNED, NOT_ACCEPTED = Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED


@pytest.mark.parametrize("somebody", [True, False])
@pytest.mark.parametrize("moment", [AT_THE_CLOSE, LATER, LATER + timedelta(days=1000)])
def test_what_is_met_at_the_close_is_accepted_and_nobody_may_return_it(moment, somebody: bool) -> None:  # type: ignore[no-untyped-def]
    assert at(moment, MET, somebody=somebody) == Ending(by_rule=ACCEPTED)


@pytest.mark.parametrize("one", [MET, TOO_FEW, OBJECTED])
@pytest.mark.parametrize("somebody", [True, False])
def test_before_the_close_nothing_ends_where_not_all_have_spoken(one: Round, somebody: bool) -> None:
    assert at(BEFORE, one, somebody=somebody) == Ending()


def test_where_all_have_spoken_nobody_waits_for_the_close() -> None:
    assert at(BEFORE, asked(*ALL)) == Ending(by_rule=ACCEPTED)
    assert at(BEFORE, asked(*ALL, silent("left", is_gone=True))) == Ending(by_rule=ACCEPTED)


def test_all_have_spoken_and_the_rule_is_not_met_waits_for_the_close() -> None:
    assert at(BEFORE, OBJECTED) == Ending()
    assert at(BEFORE, asked(author(), says("b"), quorum=3)) == Ending()


def test_a_consent_kept_over_a_change_ends_no_round_early() -> None:
    assert at(BEFORE, asked(*ALL, says("d", is_carried=True))) == Ending()
    assert at(AT_THE_CLOSE, asked(*ALL, says("d", is_carried=True))) == Ending(by_rule=ACCEPTED)


def test_hidden_stances_end_no_round_early() -> None:
    assert at(BEFORE, asked(*ALL, hidden=True)) == Ending()
    assert at(AT_THE_CLOSE, asked(*ALL, hidden=True)) == Ending(by_rule=ACCEPTED)


@pytest.mark.parametrize("why", [{"is_left": True}, {"is_repeated": True}, {"is_left": True, "is_answered": True}])
def test_an_objection_may_be_taken_up_until_the_close(why: dict[str, bool]) -> None:
    one = asked(*ALL, against=(Against("z", **why),))
    assert at(BEFORE, one) == Ending()
    assert at(AT_THE_CLOSE, one) == Ending(by_rule=ACCEPTED)


def test_an_objection_that_was_answered_holds_nobody_up() -> None:
    assert at(BEFORE, asked(*ALL, against=(Against("z", is_answered=True),))) == Ending(by_rule=ACCEPTED)


def test_what_is_not_met_a_facilitator_without_a_part_returns() -> None:
    assert at(AT_THE_CLOSE, TOO_FEW) == Ending(by_facilitator=(RETURNED,), returns_at=LATER)


def test_not_accepted_only_where_an_objection_stands_at_the_close() -> None:
    assert at(AT_THE_CLOSE, OBJECTED).by_facilitator == (RETURNED, NOT_ACCEPTED)
    settled = asked(*TOO_FEW.voices, against=(Against("z", is_answered=True), Against("y", is_left=True)))
    assert at(AT_THE_CLOSE, settled).by_facilitator == (RETURNED,)


def test_what_was_overtaken_is_only_returned() -> None:
    one = asked(*ALL, overtaken=True, against=(Against("d"),))
    assert at(BEFORE, one) == Ending()
    assert at(AT_THE_CLOSE, one).by_facilitator == (RETURNED,)


@pytest.mark.parametrize("one", [TOO_FEW, OBJECTED])
def test_it_returns_by_itself_when_nobody_acts_for_the_days_of_decision(one: Round) -> None:
    assert at(LATER - timedelta(seconds=1), one).by_rule is None
    assert at(LATER, one) == Ending(by_rule=RETURNED, returns_at=LATER)


@pytest.mark.parametrize("one", [TOO_FEW, OBJECTED])
def test_it_returns_by_itself_at_once_where_nobody_could(one: Round) -> None:
    assert at(AT_THE_CLOSE, one, somebody=False) == Ending(by_rule=RETURNED, returns_at=CLOSE)
