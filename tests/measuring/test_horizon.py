"""What was told long ago is taken as known: it is cut off where no window in question can overlap with it."""

from datetime import timedelta

from commonplace.measuring.disclosure.groups import Count
from commonplace.measuring.editions import _after, _horizon
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.windows import Period
from tests.measuring.conftest import day

YEAR = timedelta(days=366)


def counted(since: float, until: float) -> Count:
    return Count("X2", 1, day(since), day(until), False)


def test_it_is_a_year_before_the_first_of_all_windows_in_question() -> None:
    windows = [(DECLARED["X2"], Period(day(900), day(984))), (DECLARED["N3"], Period(day(600), day(965)))]
    assert _horizon(windows) == day(600) - YEAR


def test_what_ended_before_it_is_left_out_and_what_reaches_over_it_is_cut() -> None:
    long_ago, over, since = counted(0, 84), counted(28, 112), counted(112, 196)
    assert _after(day(84), [long_ago, over, since]) == [counted(84, 112), since]
