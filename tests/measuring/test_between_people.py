"""Intervals that respect people: against bootstraps over people, weighted curves of lifelines, and the truth simulated.

Numbers are drawn with fixed seeds; tolerances are stated where they are used.
"""

import warnings
from itertools import count
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from lifelines import KaplanMeierFitter

from commonplace.measuring.influence import between_people
from commonplace.measuring.intervals import clustered, design_effect, doubt, wilson
from commonplace.measuring.shares import proportion
from commonplace.measuring.survival import median, steps

SUMS = ("hits", "events", "squares", "crossed", "hit_squares")
SKEWED = {people: [max(1, round(20 * n**-1.2)) for n in range(1, people + 1)] for people in (5, 8, 12, 40)}
"""Cases of each, as communities have them: one asks twenty times, most of them once or twice."""


def sums(cases: Any, hits: Any) -> dict[str, int]:
    """Of each person, their cases and hits."""
    values = (sum(hits), sum(cases), cases @ cases, cases @ hits, hits @ hits)
    return dict(zip(SUMS, map(int, values), strict=True))


def width(interval: tuple[float, float]) -> float:
    return interval[1] - interval[0]


def test_equal_to_wilsons_when_each_has_one() -> None:
    for hits in range(21):
        people = np.ones(20, int), np.array([1] * hits + [0] * (20 - hits))
        assert clustered(**sums(*people)) == pytest.approx(wilson(hits, 20), abs=1e-12)


def test_wider_when_one_person_has_most() -> None:
    """Half of thirty cases hit either way: of ten people three each, or of one twenty-one that all did."""
    even = sums(np.full(10, 3), np.array([1, 2] * 5))
    uneven = sums(np.array([21] + [1] * 9), np.array([15] + [0] * 9))
    assert width(clustered(**even)) == pytest.approx(width(wilson(15, 30)), rel=0.1)
    assert width(clustered(**uneven)) > 1.5 * width(wilson(15, 30))


def test_never_narrower_than_as_if_cases_were_people() -> None:
    """Who always hit one of two are more alike than chance would have them."""
    assert design_effect(**sums(np.full(10, 2), np.ones(10, int))) == 1
    assert width(clustered(**sums(np.full(10, 2), np.ones(10, int)))) >= width(wilson(10, 20))


def test_what_all_or_one_person_did_tells_no_more_than_so_many_people() -> None:
    assert clustered(**sums(np.full(6, 5), np.zeros(6, int))) == pytest.approx(wilson(0, 6))
    assert clustered(**sums(np.array([30]), np.array([12]))) == pytest.approx(wilson(0.4, 1))


@pytest.mark.parametrize("people", SKEWED)
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("alike", [0.2, 0.5])
def test_the_truth_lies_within_about_as_often_as_promised(people: int, share: float, alike: float) -> None:
    """At least 0.9 of 400 draws, down to five people; with a design effect alone 0.83, as if of cases 0.46."""
    draw = np.random.default_rng(people)
    cases = np.array(SKEWED[people])
    within = as_if_cases = 0
    for _ in range(400):
        own = draw.beta(share * (1 - alike) / alike, (1 - share) * (1 - alike) / alike, people)
        drawn = sums(cases, draw.binomial(cases, own))
        low, high = clustered(**drawn)
        within += low <= share <= high
        low, high = wilson(drawn["hits"], drawn["events"])
        as_if_cases += low <= share <= high
    assert within >= 0.9 * 400 > as_if_cases


def test_a_rate_varies_between_people_as_their_bootstrap_does() -> None:
    """Standard errors of 40 people, 2000 times drawn again: within a fifth."""
    draw = np.random.default_rng(1)
    cases = draw.integers(1, 8, 40)
    hits = draw.binomial(cases, draw.beta(1, 1.5, 40))
    who = draw.integers(0, 40, (2000, 40))
    share = hits.sum() / cases.sum()
    estimated = (share * (1 - share) / cases.sum() * design_effect(**sums(cases, hits))) ** 0.5
    assert estimated / (hits[who].sum(1) / cases[who].sum(1)).std() == pytest.approx(1, abs=0.2)


def test_the_sums_are_those_of_people(engine: Any) -> None:
    rows = [("ann", True), ("ann", False), ("ann", True), ("bea", False), ("cas", True)]
    types = pa.schema([("person", pa.string()), ("hit", pa.bool_())])
    table = ibis.memtable(pa.Table.from_pylist([{"person": who, "hit": hit} for who, hit in rows], types))
    (row,) = engine.to_pyarrow(proportion(table)).to_pylist()
    assert row == {"n": 3} | sums(np.array([3, 1, 1]), np.array([2, 0, 1]))


def test_few_degrees_of_freedom_are_those_of_student() -> None:
    """Two-sided 95 %: 4.303 of 2, 2.776 of 4, 2.571 of 5, 2.228 of 10, against 1.962 of 1000; high when few."""
    for degrees, quantile, tolerance in ((2, 4.303, 0.09), (4, 2.776, 0.02), (5, 2.571, 0.01), (10, 2.228, 0.002)):
        assert doubt(degrees, 1000) == pytest.approx((quantile / 1.9623) ** 2, rel=tolerance)
        assert doubt(degrees, 1000) >= (quantile / 1.9623) ** 2 * 0.999


Waits = list[tuple[str, int, bool]]
"""Person, seconds, ended."""
TYPES = pa.schema([("person", pa.string()), ("waited", pa.int64()), ("ended", pa.bool_())])


def table(waits: Waits) -> Any:
    rows = [{"person": who, "waited": waited * 1000, "ended": ended} for who, waited, ended in waits]
    return ibis.memtable(pa.Table.from_pylist(rows, TYPES))


def read(engine: Any, waits: Waits) -> dict[str, Any]:
    return engine.to_pyarrow(median(table(waits))).to_pylist()[0]


def moments(engine: Any, waits: Waits) -> list[dict[str, Any]]:
    cases = table(waits)
    return engine.to_pyarrow(between_people(cases, steps(cases)).order_by("waited")).to_pylist()


def waits_of(people: list[int], seed: int) -> Waits:
    """Each person has a pace of their own; a fifth is cut off."""
    draw, names = np.random.default_rng(seed), count()
    paces = draw.gamma(1.5, 1, len(people))
    return [
        (name, int(draw.exponential(10_000 * pace)) + 1, bool(draw.random() > 0.2))
        for name, pace, cases in ((f"m{next(names)}", pace, cases) for pace, cases in zip(paces, people, strict=True))
        for _ in range(cases)
    ]


def curve(waits: Waits, weights: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = KaplanMeierFitter().fit([w for _, w, _ in waits], [e for _, _, e in waits], weights=weights)
    return fitted.survival_function_.iloc[1:, 0]


def test_what_a_person_moves_is_how_the_curve_turns_with_their_weight(engine: Any) -> None:
    """The derivative of lifelines' weighted curve to the weight of each person, numerically: within a thousandth."""
    waits = waits_of([1, 5, 2, 8, 1, 1, 3], seed=3)
    step, moved = 1e-4, 0.0
    for person in {who for who, _, _ in waits}:
        weights = [np.where([who == person for who, _, _ in waits], 1 + by, 1.0) for by in (step, -step)]
        more, less = (np.log(curve(waits, each).to_numpy()) for each in weights)
        moved = moved + ((more - less) / (2 * step)) ** 2
    read = moments(engine, waits)
    for row, expected in list(zip(read, moved, strict=True))[:-1]:
        risk = row["greenwood"]
        between = row["left"] - 2 * risk * row["mixed"] + risk**2 * (row["squares"] + row["open"])
        assert between == pytest.approx(expected, rel=1e-3)


def test_of_one_case_each_it_is_greenwoods(engine: Any) -> None:
    for row in moments(engine, waits_of([1] * 25, seed=4))[:-1]:
        assert row["variance"] == pytest.approx(row["greenwood"], rel=1e-9)


def test_a_wait_varies_between_people_as_their_bootstrap_does(engine: Any) -> None:
    """The curve of 60 people drawn again 300 times: at its middle, the standard error within a quarter."""
    waits = waits_of([1, 2, 3, 4, 6] * 12, seed=5)
    own = {who: [one for one in waits if one[0] == who] for who, _, _ in waits}
    middle = float(np.median([waited for _, waited, _ in waits]))
    draw, logs = np.random.default_rng(6), []
    for _ in range(300):
        again = [one for who in draw.choice(list(own), len(own)) for one in own[who]]
        logs.append(np.log(curve(again, None).loc[:middle].iloc[-1]))
    row = [one for one in moments(engine, waits) if one["waited"] <= middle * 1000][-1]
    plain = doubt(len(waits) ** 2 / row["squares"] - 1, len(waits) - 1.0)
    assert (row["variance"] / plain) ** 0.5 / np.std(logs) == pytest.approx(1, abs=0.25)
    assert row["variance"] > 1.2 * row["greenwood"]


def test_a_median_is_less_certain_when_one_person_has_most(engine: Any) -> None:
    waits = [waited for _, waited, _ in waits_of([1] * 40, seed=7)]
    each = read(engine, [(f"m{n}", waited, True) for n, waited in enumerate(waits)])
    most = read(engine, [(f"m{max(0, n - 25)}", waited, True) for n, waited in enumerate(waits)])
    assert each["value"] == most["value"]
    assert most["low"] <= each["low"]
    assert most["high"] is None or most["high"] > each["high"]


def test_of_one_person_a_median_has_no_more_certainty_than_one_case(engine: Any) -> None:
    row = read(engine, [("ann", waited, True) for waited in range(1, 30)])
    assert row["value"] == 15
    assert row["high"] > 25
