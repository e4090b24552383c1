"""X2, X3, X4 on tables small enough to work out by hand."""

import pytest

from commonplace.measuring.intervals import wilson
from tests.measuring.conftest import day

DAY = 86_400.0
PEOPLE = ["ann", "bea", "cas", "dov", "eli"]


def test_answer_rate_counts_answers_within_seven_days_by_another(history):
    for number, who in enumerate(PEOPLE):
        history.asks(who, f"e{number}", on=number)
    history.answers("zoe", "e0", on=1)  # within a day
    history.answers("zoe", "e1", on=8)  # exactly seven days
    history.answers("zoe", "e2", on=9.001)  # too late
    history.answers("dov", "e3", on=4)  # by the asker
    history.answers("zoe", "e4", on=5, kind="comment")  # a comment answers too
    reading = history.read("X2")
    assert (reading.value, reading.n, reading.events) == (pytest.approx(3 / 5), 5, 5)
    assert (reading.low, reading.high) == pytest.approx(wilson(3, 5))


def test_answer_rate_leaves_out_exchanges_younger_than_seven_days(history):
    for number, who in enumerate(PEOPLE):
        history.asks(who, f"old{number}", on=0)
    history.asks("fay", "just old enough", on=13)
    history.asks("gil", "too young", on=13.001)
    history.answers("zoe", "too young", on=13.5)
    reading = history.read("X2", until=20)
    assert (reading.value, reading.n, reading.events) == (0.0, 6, 6)
    followed = history.read("X2", until=20, followed=7)
    assert (followed.value, followed.n, followed.events) == (pytest.approx(1 / 7), 7, 7)


def test_answer_after_the_moment_of_the_figure_is_not_known_yet(history):
    for number, who in enumerate(PEOPLE):
        history.asks(who, f"e{number}", on=0)
        history.answers("zoe", f"e{number}", on=6)
    assert not any(case["ended"] for case in history.cases("X3", until=5.9).values())


def test_first_response_is_the_first_by_another_and_open_ones_wait_until_now(history):
    history.asks("ann", "talks to herself", on=0)
    history.answers("ann", "talks to herself", on=1)
    history.asks("ann", "two answers", on=0)
    history.answers("bea", "two answers", on=3)
    history.answers("cas", "two answers", on=2, kind="comment")
    cases = history.cases("X3", until=10)
    began = {"person": "ann", "began": day(0)}
    assert cases["talks to herself"] == began | {
        "case": "talks to herself", "waited": 10 * 86_400_000, "ended": False
    }  # fmt: skip
    assert cases["two answers"] == began | {"case": "two answers", "waited": 2 * 86_400_000, "ended": True}
    assert history.doers("X3", until=10) == history.doers("X2", until=10) == {("two answers", "cas")}


def test_first_response_is_a_median_that_open_cases_lengthen(history):
    """Eight exchanges: answers after 1, 2, 3 and 4 days, four open for 10. S = 7/8, 6/8, 5/8, 1/2: half by day 4."""
    for number in range(8):
        history.asks(PEOPLE[number % 5], f"e{number}", on=0)
    for number in range(4):
        history.answers("zoe", f"e{number}", on=number + 1)
    reading = history.read("X3", until=10)
    assert (reading.value, reading.n, reading.events, reading.suppressed) == (4 * DAY, 5, 8, None)


def test_first_response_before_the_question_waits_nothing(history):
    """Merged threads of archives hold answers older than their question."""
    history.asks("ann", "merged", on=5)
    history.answers("bea", "merged", on=3)
    assert history.cases("X3")["merged"]["waited"] == 0


def test_open_exchanges_are_followed_to_the_last_moment_seen(history):
    history.asks("ann", "answered later", on=0)
    history.answers("bea", "answered later", on=15)
    history.asks("ann", "never", on=1)
    history.asks("ann", "after the window", on=11)
    cases = history.cases("X3", until=10, followed=30)
    assert {name: (case["waited"] / 86_400_000, case["ended"]) for name, case in cases.items()} == {
        "answered later": (15, True), "never": (39, False)
    }  # fmt: skip


def test_help_counts_only_so_soon_after_each_beginning(history):
    """Everybody has 30 days, whenever they asked in the window; whoever has not had them yet is not counted."""
    for name, on in (("old", 0), ("older", 1), ("young", 20)):
        history.asks("ann", name, on)
    history.confirms("ann", "old", on=30)
    history.confirms("ann", "older", on=31.01)
    history.confirms("ann", "young", on=21)
    assert {name: case["hit"] for name, case in history.cases("X4", until=40).items()} == {"old": True, "older": False}
    followed = history.cases("X4", until=40, followed=30)
    assert {name: case["hit"] for name, case in followed.items()} == {"old": True, "older": False, "young": True}


def test_who_confirmed_are_its_doers(history):
    history.asks("ann", "e0", on=0)
    history.asks("bea", "e1", on=0, kind="offer")
    for who, exchange in (("ann", "e0"), ("ann", "e0"), ("cas", "e1"), ("dov", "e1"), ("bea", "e1")):
        history.confirms(who, exchange, on=5)
    history.confirms("eli", "e1", on=31)
    assert history.doers("X4") == {("e0", "ann"), ("e1", "cas"), ("e1", "dov")}
    assert history.doers("C1.resolved") == {("e0", "ann"), ("e1", "cas"), ("e1", "dov"), ("e1", "eli")}


def test_resolution_needs_the_asker(history):
    for number, who in enumerate(PEOPLE):
        history.asks(who, f"e{number}", on=number)
    history.confirms("ann", "e0", on=3)
    history.confirms("ann", "e0", on=4)
    history.confirms("zoe", "e1", on=3)
    reading = history.read("X4")
    assert (reading.value, reading.n, reading.events) == (pytest.approx(1 / 5), 5, 5)


def test_an_offer_or_a_story_is_confirmed_by_who_took_it_up(history):
    for number, (who, kind) in enumerate(zip(PEOPLE, ["offer", "story", "offer", "problem", "request"], strict=True)):
        history.asks(who, f"e{number}", on=number, kind=kind)
        history.confirms("zoe" if kind in ("offer", "story") and number < 2 else who, f"e{number}", on=9)
    assert history.read("X4").value == pytest.approx(4 / 5)
    assert history.read("C1.resolved").value == pytest.approx(4 / 5)


def test_window_holds_what_opened_after_its_start_up_to_its_end(history):
    for number, who in enumerate([*PEOPLE, "fay", "gil"]):
        history.asks(who, f"e{number}", on=number)
    assert history.read("X4", until=6, window="6d", followed=30).events == 6
    assert history.read("X4", until=6, window="1w", followed=30).events == 7
    assert history.read("X4", until=5, window="5d", followed=30).events == 5


@pytest.mark.parametrize("metric", ["X2", "X3", "X4"])
def test_people_are_those_who_opened(history, metric):
    for number in range(20):
        history.asks(PEOPLE[number % 4], f"e{number}", on=0)
        history.answers(f"helper {number}", f"e{number}", on=1)
    reading = history.read(metric)
    assert (reading.n, reading.events) == (4, 20)
