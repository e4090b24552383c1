"""Windows and dates as people type them."""

from datetime import UTC, datetime, timedelta

import pytest

from commonplace.measuring.windows import BadWindow, Window, moment

AS_OF = datetime(2026, 3, 31, tzinfo=UTC)


@pytest.mark.parametrize(("text", "days"), [("90d", 90), ("12w", 84), ("1d", 1), ("9999w", 69993)])
def test_a_window_is_a_number_of_days_or_weeks(text, days):
    assert Window.parse(text).until(AS_OF).since == AS_OF - timedelta(days=days)


def test_all_has_no_beginning():
    assert Window.parse("all").until(AS_OF).since is None


def test_a_window_longer_than_the_calendar_has_no_beginning():
    assert Window.parse("9999w").until(datetime(5, 1, 1, tzinfo=UTC)).since is None


@pytest.mark.parametrize("text", ["", "90", "d", "0d", "-1d", "1.5d", "90 d", "90D", "12m", "99999d", "ninety", "٩d"])
def test_anything_else_says_what_to_write(text):
    with pytest.raises(BadWindow, match="90d"):
        Window.parse(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-31", AS_OF),
        ("2026-03-31T18:00", AS_OF + timedelta(hours=18)),
        ("2026-03-31T18:00+02:00", AS_OF + timedelta(hours=16)),
    ],
)
def test_a_date_is_its_first_midnight_in_utc(text, meant):
    assert moment(text) == meant


@pytest.mark.parametrize("text", ["", "yesterday", "2026-02-30", "31.3.2026", "0001-01-01T00:00+05:00"])
def test_a_bad_date_says_what_to_write(text):
    with pytest.raises(BadWindow, match="2026-03-31"):
        moment(text)
