"""N3 by hand: from acceptance to the first application by somebody else."""

import pytest

from tests.measuring.conftest import day

DAYS = 86_400_000


@pytest.fixture
def written(history):
    history.distils("ann", "p", 1, "e1")
    return history


def test_waits_for_the_first_application_since_acceptance_by_a_non_author(written):
    written.applies("early", "p", 5)
    written.decides("p", 10)
    written.applies("author", "p", 12, by_author=True)
    written.applies("bea", "p", 31)
    written.applies("cas", "p", 20)
    case = {"case": "p", "person": "ann", "began": day(10), "waited": 10 * DAYS, "ended": True}
    assert written.cases("N3") == {"p": case}
    assert written.doers("N3") == {("p", "cas")}


def test_an_application_at_the_moment_of_acceptance_counts(written):
    written.decides("p", 10)
    written.applies("bea", "p", 10)
    assert written.cases("N3")["p"]["waited"] == 0


def test_what_nobody_else_applied_is_open_and_its_scribes(written):
    written.decides("p", 10)
    written.applies("author", "p", 12, by_author=True)
    case = {"case": "p", "person": "ann", "began": day(10), "waited": 30 * DAYS, "ended": False}
    assert written.cases("N3", until=40) == {"p": case}
    assert written.doers("N3", until=40) == set()


def test_people_are_those_who_distilled(history):
    """Ten practices accepted; six first applied by six people after 1 .. 6 days, four by nobody: half by day 5."""
    for number in range(10):
        history.distils(f"scribe {number % 5}", f"p{number}", 0, "e1")
        history.decides(f"p{number}", 0)
    for number in range(6):
        history.applies(f"m{number}", f"p{number}", number + 1)
    reading = history.read("N3", until=30)
    assert (reading.value, reading.n, reading.events) == (5 * 86_400, 5, 10)
    assert history.doers("N3", until=30) == {(f"p{number}", f"m{number}") for number in range(6)}


def test_a_second_acceptance_starts_no_second_wait(written):
    written.decides("p", 10)
    written.decides("p", 100)
    written.applies("bea", "p", 110)
    assert written.cases("N3")["p"]["waited"] == 100 * DAYS
