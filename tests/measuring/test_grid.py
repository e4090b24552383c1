"""The grid is fixed: which windows there are, and when each is ripe, follows from the calendar alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonplace.measuring.grid import Span, ripe, ripening, step
from commonplace.measuring.metrics import METRICS
from commonplace.measuring.rules import Rules

TICK = timedelta(microseconds=1)
spans, limits = st.sampled_from(Span), st.timedeltas(timedelta(), timedelta(days=365))
moments = st.datetimes(datetime(2001, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "moment", "last"),
    [
        (Span.WEEKS, "2018-01-01", "2018-01-01"),
        (Span.WEEKS, "2018-01-28T23:59", "2018-01-01"),
        (Span.WEEKS, "2018-01-29", "2018-01-29"),
        (Span.WEEKS, "2017-12-31T23:59", "2017-12-04"),
        (Span.WEEKS, "2026-03-02T12:00", "2026-02-16"),
        (Span.QUARTERS, "2025-12-31T23:59", "2025-10-01"),
        (Span.QUARTERS, "2026-01-01", "2026-01-01"),
        (Span.QUARTERS, "2024-02-29T08:00", "2024-01-01"),
        (Span.QUARTERS, "2026-08-15", "2026-07-01"),
    ],
)
def test_steps_are_every_fourth_monday_and_the_first_day_of_a_quarter(span: Span, moment: str, last: str) -> None:
    assert step(span, day(moment)) == day(last)


@pytest.mark.parametrize(
    ("span", "followed", "moment", "since", "until"),
    [
        (Span.WEEKS, 30, "2026-03-17T23:59", "2025-10-27", "2026-01-19"),
        (Span.WEEKS, 30, "2026-03-18", "2025-11-24", "2026-02-16"),
        (Span.QUARTERS, 90, "2026-03-31T23:59", "2024-10-01", "2025-10-01"),
        (Span.QUARTERS, 90, "2026-04-01", "2025-01-01", "2026-01-01"),
        (Span.QUARTERS, 180, "2026-06-29T23:59", "2024-10-01", "2025-10-01"),
        (Span.QUARTERS, 180, "2026-06-30", "2025-01-01", "2026-01-01"),
    ],
)
def test_a_window_is_ripe_when_what_began_last_in_it_has_had_its_time(
    span: Span, followed: int, moment: str, since: str, until: str
) -> None:
    window = ripe(span, timedelta(days=followed), day(moment))
    assert (window.since, window.until) == (day(since), day(until))
    assert window.seen == day(until) + timedelta(days=followed)


@given(spans, limits, moments)
def test_the_last_ripe_window_could_just_be_read_and_the_next_could_not(
    span: Span, followed: timedelta, moment: datetime
) -> None:
    window = ripe(span, followed, moment)
    assert window.seen <= moment
    following = ripening(span, followed, window.until)
    assert following.seen > moment
    assert following.until > window.until
    assert ripe(span, followed, following.seen) == following
    assert ripe(span, followed, following.seen - TICK) == window


@given(spans, limits, moments)
def test_the_first_window_of_what_begins_is_the_first_that_ends_after_it(
    span: Span, followed: timedelta, begun: datetime
) -> None:
    window = ripening(span, followed, begun)
    assert window.since is not None
    assert window.since <= begun < window.until
    assert step(span, window.until - TICK) <= begun, "none ends between"


@given(spans, moments, moments)
def test_whoever_asks_whenever_gets_windows_of_the_same_few(span: Span, one: datetime, other: datetime) -> None:
    """Two windows are the same, or differ by whole steps; no reader shifts one by a day."""
    first, second = (ripe(span, timedelta(), moment) for moment in (one, other))
    for end in (first.since, first.until, second.since, second.until):
        assert end == step(span, end)


def test_every_metric_is_on_the_grid_and_followed_for_some_time() -> None:
    assert {metric.span for metric in METRICS} == set(Span)
    assert all(metric.followed(Rules()) > timedelta() for metric in METRICS)
