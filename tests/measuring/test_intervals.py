"""Wilson's interval against statsmodels and a value from the literature."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from commonplace.measuring.intervals import wilson


def test_known_value():
    """Newcombe 1998, table I: 15 of 148 gives 0.0624 to 0.1605."""
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_none_and_all():
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1


@given(st.integers(1, 5000).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))))
def test_equals_statsmodels(counts):
    assert wilson(*counts) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-12)


@given(st.integers(1, 200).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))))
def test_holds_the_rate_and_stays_a_rate(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1
