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
    resolved, item = (cycle.read(stage, until=60, window="57d", followed=180) for stage in STAGES[:2])
    assert (resolved.events, resolved.value, item.value) == (6, pytest.approx(2 / 6), 0)


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


def test_each_stage_must_come_within_half_a_year_of_the_question(history):
    for number, on in enumerate((10, 9.99)):
        history.asks("m0", f"e{number}", on)
        history.confirms("m0", f"e{number}", 20)
        history.distils("m1", f"p{number}", 30, f"e{number}")
        history.decides(f"p{number}", 40)
        history.applies("m2", f"p{number}", 190)
    assert {name: case["hit"] for name, case in history.cases("C1.applied").items()} == {"e0": True, "e1": False}
    assert {case["hit"] for case in history.cases("C1.accepted").values()} == {True}


def test_exchanges_that_have_not_had_half_a_year_are_not_counted(cycle):
    assert cycle.cases("C1.applied", until=60) == {}
    assert len(cycle.cases("C1.applied", until=180)) == 1
    assert len(cycle.cases("C1.applied", until=60, followed=180)) == 10


def test_the_doers_of_a_stage_are_those_whose_acts_brought_it_there(cycle):
    for who in ("m5", "m6"):
        cycle.stands(who, "two in one", 39)
        cycle.stands(who, "not agreed on", 39)
    cycle.applies("m8", "two in one", 51)
    assert cycle.doers("C1.resolved") == {(f"e{n}", f"m{n % 5}") for n in range(6)}
    assert cycle.doers("C1.item") == {("e0", "m0"), ("e1", "m0"), ("e2", "m2"), ("e3", "m3")}
    assert cycle.doers("C1.accepted") == {(case, who) for case in ("e0", "e1") for who in ("m5", "m6")}
    assert cycle.doers("C1.applied") == {("e0", "m9"), ("e1", "m9")}
