"""C1 by hand: a strict funnel of the exchanges of one cohort."""

import pytest

from commonplace.measuring.readings import Reason

STAGES = ["C1.resolved", "C1.item", "C1.accepted", "C1.applied"]


@pytest.fixture
def cycle(history):
    """Ten exchanges of five people: 6 resolved, 4 of these written down, 3 accepted, 2 applied by others."""
    for number in range(10):
        history.asks(f"m{number % 5}", f"e{number}", number)
    for number in range(6):
        history.confirms(f"m{number % 5}", f"e{number}", 20)
    history.distils("m0", "two in one", 30, "e0", "e1")
    history.distils("m2", "alone", 30, "e2")
    history.distils("m3", "not agreed on", 30, "e3")
    history.distils("m4", "never resolved", 30, "e9")
    for practice in ("two in one", "alone", "never resolved"):
        history.decides(practice, 40)
    history.decides("not agreed on", 40, outcome="not_accepted")
    history.applies("m9", "two in one", 50)
    history.applies("m2", "alone", 50, originator=True)
    history.applies("m9", "alone", 35)
    history.applies("m9", "never resolved", 50)
    return history


def test_each_stage_is_among_the_one_before(cycle):
    assert [cycle.read(stage).value for stage in STAGES] == pytest.approx([0.6, 0.4, 0.3, 0.2])


def test_people_and_cases_are_those_of_the_cohort_at_every_stage(cycle):
    assert {(cycle.read(stage).n, cycle.read(stage).events) for stage in STAGES} == {(5, 10)}


def test_embedding_says_that_it_is_not_recorded(cycle):
    reading = cycle.read("C1.embedded")
    assert (reading.value, reading.suppressed) == (None, Reason.NOT_RECORDED)


def test_the_window_picks_the_cohort_not_what_came_of_it(cycle):
    """The last six exchanges hold two resolved ones, of which nothing was written down."""
    assert cycle.read("C1.resolved", until=60, window="57d").events == 6
    assert cycle.read("C1.resolved", until=60, window="57d").value == pytest.approx(2 / 6)
    assert cycle.read("C1.item", until=60, window="57d").value == 0


def test_the_same_practice_must_be_accepted_and_applied(history):
    for number in range(5):
        history.asks(f"m{number}", f"e{number}", 0)
    history.confirms("m0", "e0", 1)
    history.distils("m0", "accepted", 2, "e0")
    history.distils("m0", "applied", 2, "e0")
    history.decides("accepted", 3)
    history.applies("m9", "applied", 4)
    assert history.read("C1.accepted").value == pytest.approx(0.2)
    assert history.read("C1.applied").value == 0
