"""The Kaplan-Meier median against a curve worked out by hand, exact fractions, and lifelines."""

import warnings
from fractions import Fraction

import ibis
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter

from commonplace.measuring.survival import median

Waits = list[tuple[int, bool]]
SOME_WAITS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)
ON_ONE_ENGINE = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
TYPES = pa.schema([("person", pa.string()), ("waited", pa.int64()), ("ended", pa.bool_())])


def read(engine, waits: Waits) -> dict:
    """Waits in seconds."""
    rows = [{"person": f"m{n}", "waited": waited * 1000, "ended": ended} for n, (waited, ended) in enumerate(waits)]
    return engine.to_pyarrow(median(ibis.memtable(pa.Table.from_pylist(rows, TYPES)))).to_pylist()[0]


def exact_median(waits: Waits) -> int | None:
    share = Fraction(1)
    for moment in sorted({waited for waited, _ in waits}):
        at_risk = sum(waited >= moment for waited, _ in waits)
        ended = sum(waited == moment and over for waited, over in waits)
        share *= 1 - Fraction(ended, at_risk)
        if share <= Fraction(1, 2):
            return moment
    return None


def first_at_half(curve) -> float | None:
    reached = curve[curve <= 0.5 + 1e-12]
    return None if reached.empty else float(reached.index[0])


def test_a_curve_by_hand(engine):
    """6 cases: 1 ends, 2 censored, 3 ends twice, 4 censored, 5 ends. S = 5/6, 5/6 * 2/4 = 5/12: half by 3."""
    row = read(engine, [(1, True), (2, False), (3, True), (3, True), (4, False), (5, True)])
    assert (row["n"], row["events"], row["value"]) == (6, 6, 3)


def test_exactly_half_is_reached(engine):
    """1 - 1/3 = 2/3, then 1 - 1/4: products of logarithms that miss one half by a hair."""
    assert read(engine, [(1, True), (1, True), (2, True), (3, False), (3, False), (3, False)])["value"] == 2
    assert read(engine, [(1, True)] * 3 + [(2, False)] * 3)["value"] == 1


def test_fewer_than_half_ended_reaches_nothing(engine):
    row = read(engine, [(1, True)] * 3 + [(2, False)] * 4)
    assert (row["value"], row["high"]) == (None, None)


def test_when_all_end_at_once(engine):
    assert read(engine, [(4, True)] * 3)["value"] == 4


def test_without_cases(engine):
    assert read(engine, []) == {"n": 0, "events": 0, "value": None, "low": None, "high": None}


@ON_ONE_ENGINE
@given(SOME_WAITS)
def test_equals_exact_fractions(engine, waits):
    assert read(engine, waits)["value"] == exact_median(waits)


@ON_ONE_ENGINE
@given(SOME_WAITS)
def test_curve_and_limits_equal_those_of_lifelines(engine, waits):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = KaplanMeierFitter().fit([waited for waited, _ in waits], [over for _, over in waits])
    low, high = (fitted.confidence_interval_.iloc[:, column] for column in (0, 1))
    row = read(engine, waits)
    assert (row["low"], row["high"]) == (first_at_half(low), first_at_half(high))
    assert row["value"] == first_at_half(fitted.survival_function_.iloc[:, 0])


@ON_ONE_ENGINE
@given(SOME_WAITS, st.randoms())
def test_order_does_not_matter(engine, waits, random):
    shuffled = random.sample(waits, len(waits))
    assert read(engine, shuffled) == read(engine, waits)
