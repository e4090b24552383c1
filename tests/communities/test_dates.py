"""Days as people read them, each in the reader's own language."""

from datetime import UTC, date, datetime

from django.utils import translation

from commonplace.communities.dates import localdate, localday, localtime


def test_french_counts_the_first_of_a_month_and_no_other_day() -> None:
    with translation.override("fr"):
        assert localday(date(2026, 4, 1)) == "1er avril 2026"
        assert localday(date(2026, 4, 11)) == "11 avril 2026"
        assert localdate(datetime(2026, 4, 1, 12, tzinfo=UTC)) == "1er avril 2026"
        assert localtime(datetime(2026, 4, 1, 12, tzinfo=UTC)).startswith("1er avril 2026 à ")
    with translation.override("en"):
        assert localday(date(2026, 4, 1)) == "1 April 2026"
