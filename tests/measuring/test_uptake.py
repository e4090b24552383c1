"""N3 by hand: from acceptance to the first application by somebody else."""

from commonplace.measuring.readings import Reason

DAYS = 86_400_000


def test_waits_for_the_first_application_since_acceptance_by_a_non_author(history):
    history.applies("early", "p", 5)
    history.decides("p", 10)
    history.applies("author", "p", 12, by_author=True)
    history.applies("bea", "p", 31)
    history.applies("cas", "p", 20)
    assert history.cases("N3") == {"p": {"case": "p", "person": "cas", "waited": 10 * DAYS, "ended": True}}


def test_an_application_at_the_moment_of_acceptance_counts(history):
    history.decides("p", 10)
    history.applies("bea", "p", 10)
    assert history.cases("N3")["p"]["waited"] == 0


def test_what_nobody_else_applied_is_open_and_about_nobody(history):
    history.decides("p", 10)
    history.applies("author", "p", 12, by_author=True)
    assert history.cases("N3", until=40) == {"p": {"case": "p", "person": None, "waited": 30 * DAYS, "ended": False}}


def test_people_are_those_who_were_first_to_apply(history):
    """Ten practices accepted; six first applied by six people after 1 .. 6 days, four by nobody: half by day 5."""
    for number in range(10):
        history.decides(f"p{number}", 0)
    for number in range(6):
        history.applies(f"m{number}", f"p{number}", number + 1)
    reading = history.read("N3", until=30)
    assert (reading.value, reading.n, reading.events) == (5 * 86_400, 6, 10)


def test_two_who_try_everything_first_are_too_few(history):
    for number in range(20):
        history.decides(f"p{number}", 0)
        history.applies(f"m{number % 2}", f"p{number}", 1)
    assert history.read("N3").suppressed is Reason.FEW_PEOPLE


def test_a_second_acceptance_starts_no_second_wait(history):
    history.decides("p", 10)
    history.decides("p", 100)
    history.applies("bea", "p", 110)
    assert history.cases("N3")["p"]["waited"] == 100 * DAYS
