"""Where an archive ends, and the community lives on: of what came after, nothing is known of what it brought."""

from datetime import timedelta

import pytest

from commonplace.measuring.cohorts import narrowed
from commonplace.measuring.metrics import METRICS, Metric
from commonplace.measuring.metrics.registry import BROUGHT_IN
from commonplace.measuring.windows import Period
from tests.measuring.conftest import RULES, History, day

RATES = [metric for metric in METRICS if metric.cases and metric.unit == "rate"]
WAITS = [metric for metric in METRICS if metric.unit == "seconds"]
DAY = 86_400_000


@pytest.fixture
def archive(history: History) -> History:
    """Up to day 100: of five exchanges four are answered after 6 days and helped after 20, as far as it goes."""
    for on in range(100):
        who, exchange = f"p{on % 14}", f"e{on}"
        history.asks(who, exchange, on)
        if on % 5 and on + 6 <= 100:
            history.answers(f"p{(on + 3) % 14}", exchange, on + 6)
        if on % 5 and on + 20 <= 100:
            history.confirms(who, exchange, on + 20)
    history.answers("p1", "e50", 100)
    return brought(history)


def brought(history: History, by: str = "forum") -> History:
    """All so far that was not by another."""
    for row in history.rows:
        row["origin"] = by if row["origin"] == "here" else row["origin"]
    return history


def test_the_last_days_of_an_archive_count_as_unknown_when_somebody_asks_here(archive: History) -> None:
    before = {metric: archive.read(metric, until=70, followed=30) for metric in ("X2", "X4")}
    archive.asks("p0", "new", 135)
    after = {metric: archive.read(metric, until=102, followed=30) for metric in ("X2", "X4")}
    assert after == before
    assert {reading.events for reading in after.values()} == {71}
    assert {round(reading.value or 0, 1) for reading in after.values()} == {0.8}


def test_a_wait_is_as_long_as_the_archive_could_tell_of_it(archive: History) -> None:
    archive.asks("p0", "new", 102)
    cases = archive.cases("X3", until=102, followed=30)
    assert (cases["e95"]["waited"], cases["e95"]["ended"]) == (5 * DAY, False)
    assert (cases["new"]["waited"], cases["new"]["ended"]) == (30 * DAY, False), "here it is known until the last day"
    assert cases["e91"]["ended"]


def test_an_answer_given_here_to_what_an_archive_brought_years_ago_is_no_wait_of_years(archive: History) -> None:
    archive.answers("ann", "e95", 3650)
    archive.answers("ann", "e10", 3650)
    case = archive.cases("X3", until=102, followed=4000)["e95"]
    assert (case["waited"], case["ended"]) == (5 * DAY, False)
    assert "ann" not in {person for _, person in archive.doers("X3", until=102, followed=4000)}
    assert not archive.cases("X2", until=30, followed=30)["e10"]["hit"]


def test_a_practice_that_an_archive_wrote_down_and_that_is_agreed_on_here_begins_to_be_used_here(
    history: History,
) -> None:
    history.distils("ann", "p", 0)
    brought(history)
    history.stands("bea", "p", 900)
    history.decides("p", 900)
    history.applies("cem", "p", 910)
    assert history.cases("O4.from_distil", until=0, followed=1000)["p"] == {
        "case": "p", "person": "ann", "began": day(0), "waited": 0, "ended": False,
    }  # fmt: skip
    assert history.cases("N3", until=1000)["p"]["waited"] == 10 * DAY


def whole_cycle(history: History, exchange: str, on: float) -> None:
    """In a week."""
    practice = exchange.replace("e", "p")
    history.asks("ann", exchange, on)
    history.answers("bea", exchange, on + 1)
    history.confirms("ann", exchange, on + 2)
    history.distils("ann", practice, on + 3, exchange)
    history.proposes("ann", practice, on + 4)
    history.stands("bea", practice, on + 5)
    history.decides(practice, on + 6)
    history.applies("cem", practice, on + 7)


def whole_bringing(history: History, exchange: str, on: float) -> None:
    """The same of something that was brought in."""
    brought = exchange.replace("e", "b")
    history.brings("ann", brought, on)
    history.proposes("ann", brought, on + 4)
    history.stands("bea", brought, on + 5)
    history.decides(brought, on + 6)
    history.joins(f"new of {brought}", on + 6.5)
    history.applies(f"new of {brought}", brought, on + 7)


@pytest.mark.parametrize("metric", RATES, ids=lambda metric: metric.id)
def test_a_case_that_its_archive_did_not_follow_long_enough_is_in_no_rate_even_if_it_came_so_far(
    history: History, metric: Metric
) -> None:
    followed = metric.followed(RULES).days
    whole, of = (whole_bringing, "b") if metric.cohort == BROUGHT_IN else (whole_cycle, "e")
    whole(history, "e0", 0)
    whole(history, "e1", 0.1)
    history.asks("dan", "e2", followed)
    brought(history)
    whole(history, "e3", followed + 5)
    cases = history.cases(metric.id, until=followed + 5, followed=followed)
    assert {case: row["hit"] for case, row in cases.items()} == {f"{of}0": True, f"{of}3": True}


@pytest.mark.parametrize("metric", WAITS, ids=lambda metric: metric.id)
def test_a_wait_of_an_archive_ends_in_it_or_with_it(history: History, metric: Metric) -> None:
    """The second cycle is carried on after the archive's end; but for the first act that it waits from."""
    whole_cycle(history, "e0", 0)
    whole_cycle(history, "e1", 1)
    late = [row for row in history.rows[8:] if row["verb"] not in (_begins(metric), "practice.distilled")]
    history.asks("dan", "e2", 30)
    brought(history)
    for row in late:
        row |= {"origin": "here", "happened_at": row["happened_at"] + timedelta(days=100)}
    cases = history.cases(metric.id, until=20, followed=300)
    one, other = sorted(row["ended"] for row in cases.values() if row["began"] < day(15) and row["case"] != "e2")
    assert (one, other) == (False, True)
    waited = {row["waited"] for row in cases.values() if not row["ended"]}
    assert max(waited) <= 30 * DAY


def _begins(metric: Metric) -> str:
    verbs = {"opened": "exchange.opened", "distilled": "practice.distilled", "proposed": "proposal.opened"}
    return verbs.get(metric.cohort, "proposal.decided")


def test_each_archive_ends_by_itself(history: History) -> None:
    for number, (on, end, origin) in enumerate([(0, 20, "forum"), (0, 40, "list"), (200, 201, "list")]):
        history.asks("ann", f"e{number}", on)
        history.asks("bea", f"last of {number}", end)
        brought(history, origin)
    assert {"e1"} == history.cases("X4", until=10, followed=30).keys()


def test_administration_makes_no_archive_longer_and_neither_does_what_was_done_here(history: History) -> None:
    history.asks("ann", "e0", 0)
    history.act("member.joined", "bea", "c", 90)
    history.names_bot("rob", 90)
    brought(history)
    history.answers("bea", "e0", 90)
    assert not history.cases("X4", until=10, followed=30)


def test_what_happened_after_the_window_was_seen_says_that_the_archive_went_on(history: History) -> None:
    history.asks("ann", "e0", 9)
    history.asks("ann", "e1", 300)
    brought(history)
    assert {"e0"} == history.cases("X4", until=10, followed=30).keys()
    assert history.cases("X3", until=10, followed=30)["e0"]["waited"] == 31 * DAY


@pytest.mark.parametrize("metric", [metric for metric in METRICS if metric.cases], ids=lambda metric: metric.id)
def test_what_is_cut_out_of_a_wider_cohort_is_what_its_own_window_has(history: History, metric: Metric) -> None:
    for number in range(30):
        whole_cycle(history, f"e{number}", number * 9)
        whole_bringing(history, f"e{number}", number * 9)
        history.sets_aside("ann", f"b{number}", number * 9 + (30, 230)[number % 2])
    brought(history)
    whole_cycle(history, "e99", 250)
    followed = metric.followed(RULES)
    narrow = Period(day(20), day(100), followed)
    wide = history.cohort(metric.id, until=270, followed=followed.days)
    rows = {row["case"]: row for row in narrowed(wide, narrow).cases.to_pyarrow().to_pylist()}
    own = history.cases(metric.id, until=100, followed=followed.days)
    assert rows == {case: row for case, row in own.items() if row["began"] > day(20)}
