"""Every metric against plain loops on random histories, and against itself when what must not matter is changed."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace.measuring.measure import cohort_of
from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period
from tests.measuring.conftest import History, day
from tests.measuring.oracle import cohort as expected
from tests.measuring.raw import measure

COMPUTED = [metric for metric in METRICS if metric.cases]
PEOPLE, PRACTICES, BROUGHT = [f"m{n}" for n in range(5)], ["p0", "p1"], ["b0", "b1"]
EXCHANGES = [f"e{n}" for n in range(6)]
SOME = settings(max_examples=6, suppress_health_check=list(HealthCheck))

person, practice, exchange = map(st.sampled_from, (PEOPLE, PRACTICES + BROUGHT, EXCHANGES))
moment = st.one_of(st.integers(0, 80).map(lambda quarter: quarter / 4), st.integers(20, 220))
matter = st.sampled_from(["acceptance", "acceptance", "settlement"])
stance = st.sampled_from(["consent", "concern", "aside", "object"])
outcome = st.sampled_from(["accepted", "accepted", "returned", "not_accepted"])
step = st.one_of(
    st.tuples(st.just("answers"), person, exchange, moment),
    st.tuples(st.just("confirms"), person, exchange, moment),
    st.tuples(st.just("proposes"), person, practice, moment, matter),
    st.tuples(st.just("stands"), person, practice, moment, stance, st.integers(1, 2)),
    st.tuples(st.just("entered"), person, person, practice, moment, stance),
    st.tuples(st.just("amends"), practice, moment, st.integers(1, 3), st.booleans()),
    st.tuples(st.just("decides"), practice, moment, outcome, matter),
    st.tuples(st.just("applies"), person, practice, moment, st.booleans(), st.booleans()),
    st.tuples(st.just("applies"), person, practice, moment, st.booleans(), st.booleans(), st.just("failed")),
    st.tuples(st.just("sets_aside"), person, st.sampled_from(BROUGHT), moment),
    st.tuples(st.sampled_from(["founds", "joins"]), person, moment),
    st.tuples(st.just("adds"), person, person, moment),
    st.tuples(st.just("admits"), person, person, moment, st.booleans()),
)
openings = st.lists(st.tuples(person, moment, st.sampled_from(["request", "story"])), min_size=6, max_size=6)
sources = st.lists(st.tuples(person, moment, st.lists(exchange, max_size=3, unique=True)), min_size=2, max_size=2)
bringings = st.lists(st.tuples(person, moment), min_size=2, max_size=2)
origins = st.lists(st.sampled_from(["here", "forum", "list"]), min_size=50, max_size=50)
histories = st.tuples(openings, sources, bringings, st.lists(step, max_size=40))
brought = st.tuples(openings, sources, bringings, st.lists(step, max_size=40), origins)


def tell(engine, events) -> History:
    history = History(engine)
    """Done here, or by chance partly in archives."""
    opened, distilled, brought, steps, *origins = events
    for name, (who, on, kind) in zip(EXCHANGES, opened, strict=True):
        history.asks(who, name, on, kind=kind)
    for name, (who, on, taken) in zip(PRACTICES, distilled, strict=True):
        history.distils(who, name, on, *taken)
    for name, (who, on) in zip(BROUGHT, brought, strict=True):
        history.brings(who, name, on)
    for verb, *what in steps:
        getattr(history, verb)(*what)
    for row, origin in zip(history.rows, origins[0] if origins else [], strict=False):
        row["origin"] = origin
    return history


def measured(table, metric, period) -> tuple[dict, set]:
    cohort = cohort_of(metric, table, period, Rules())
    rows, doers = (one.to_pyarrow().to_pylist() for one in (cohort.cases, cohort.doers))
    assert len({row["case"] for row in rows}) == len(rows), "a case counts once"
    values = [(row["person"], row["hit"]) if "hit" in row else
              (row["person"], row["waited"] / 1000, row["ended"]) for row in rows]  # fmt: skip
    return dict(zip([row["case"] for row in rows], values, strict=True)), {
        (row["case"], row["person"]) for row in doers
    }


@SOME
@given(brought, st.integers(5, 25), st.sampled_from([None, 0, 3, 9.25]), st.sampled_from([0, 20, 40, 200]))
def test_cohorts_equal_those_of_plain_loops(engine, events, until, since, followed):
    history = tell(engine, events)
    table = history.table()
    period = Period(None if since is None else day(since), day(until), timedelta(days=followed))
    for metric in COMPUTED:
        assert measured(table, metric, period) == expected(history.rows, metric.id, period), metric.id


@SOME
@given(brought, st.randoms(use_true_random=False))
def test_names_and_the_order_of_rows_do_not_matter(engine, events, random):
    history, other, period = tell(engine, events), History(engine), Period(None, day(21), timedelta(days=200))
    names = dict(zip(PEOPLE, random.sample([f"n{n}" for n in range(5)], 5), strict=True))
    who = ("actor", "person")
    rows = [row | {name: names.get(row[name], row[name]) for name in who if name in row} for row in history.rows]
    other.rows = random.sample(rows, len(rows))
    assert measure(history.table(), period, Rules()) == measure(other.table(), period, Rules())


@SOME
@given(histories, st.integers(0, 20))
def test_what_happens_later_changes_no_earlier_figure(engine, events, until):
    history, earlier = tell(engine, events), History(engine)
    period = Period(None, day(until), timedelta(days=until))
    earlier.rows = [row for row in history.rows if row["happened_at"] <= period.seen]
    assert measure(history.table(), period, Rules()) == measure(earlier.table(), period, Rules())


def test_an_empty_community_has_no_cases_and_no_figure(engine):
    for reading in measure(History(engine).table(), Period(None, day(9)), Rules()):
        assert (reading.value, reading.low, reading.high) == (None, None, None)
        assert not reading.events


def test_all_that_is_declared_is_read():
    assert sorted(metric.id for metric in METRICS) == sorted(DECLARED)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_each_says_its_formula_window_minimum_and_source(metric):
    assert all(word in metric.formula for word in ("Window:", "Shows:", "Minimum:", "Source: theory "))
