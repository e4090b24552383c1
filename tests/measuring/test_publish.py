"""What is published: on the grid, rounded, and each edition only when comparing it singles nobody out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commonplace.externalizing.models import Exchange
from commonplace.ledger import clock
from commonplace.measuring import publish as press
from commonplace.measuring.editions import is_news
from commonplace.measuring.grid import Span, Until
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reading
from commonplace.measuring.rounding import rounded
from commonplace.measuring.rules import Rules
from tests.story import Story

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


def asked_by(story: Story, people: list[str], on: datetime, answered: bool = True) -> None:
    with clock.at(on):
        for name in people:
            exchange = story.ask(story.member(name))
            if answered:
                story.respond(story.facilitator, exchange)


def publish(at: datetime, lake: Path) -> dict[str, Figure]:
    with clock.at(at):
        press.publish(lake, Rules())
    return latest()


def latest() -> dict[str, Figure]:
    figures = Figure.objects.everywhere("test").order_by("pk")
    return {figure.metric: figure for figure in figures}


@pytest.fixture
def eight(db: None) -> Story:
    """Eight people asked in February; six were answered at once."""
    with clock.at(MONDAY - timedelta(days=60)):
        story = Story()
    asked_by(story, [f"Early {n}" for n in range(6)], MONDAY - timedelta(days=20))
    asked_by(story, ["Late A", "Late B"], MONDAY - timedelta(days=20), answered=False)
    return story


def test_figures_are_of_whole_weeks(eight: Story, tmp_path: Path) -> None:
    asked_by(eight, [f"This week {n}" for n in range(5)], MONDAY + timedelta(hours=9))
    figure = publish(TUESDAY, tmp_path)["X4"]
    assert (figure.until, figure.since) == (MONDAY, MONDAY - timedelta(weeks=12))
    assert (figure.n, figure.events, figure.value, figure.suppressed) == (8, 8, 0, "")


def test_figures_are_rounded(eight: Story, tmp_path: Path) -> None:
    asked_by(eight, ["One more"], MONDAY - timedelta(days=15))
    assert publish(TUESDAY, tmp_path)["X2"].value == 0.78  # 7 of 9


def test_one_more_person_makes_no_new_edition(eight: Story, tmp_path: Path) -> None:
    before = publish(TUESDAY, tmp_path)["X4"]
    asked_by(eight, ["Sue"], TUESDAY)
    after = publish(TUESDAY + timedelta(weeks=1), tmp_path)["X4"]
    assert (after.pk, after.n) == (before.pk, 8)


def test_five_more_people_make_a_new_edition(eight: Story, tmp_path: Path) -> None:
    publish(TUESDAY, tmp_path)
    asked_by(eight, [f"New {n}" for n in range(5)], TUESDAY)
    after = publish(TUESDAY + timedelta(weeks=1), tmp_path)["X4"]
    assert (after.n, after.until) == (13, MONDAY + timedelta(weeks=1))


def test_changes_add_up_over_the_weeks(eight: Story, tmp_path: Path) -> None:
    publish(TUESDAY, tmp_path)
    for week in range(5):
        asked_by(eight, [f"Week {week}"], TUESDAY + timedelta(weeks=week))
        seen = publish(TUESDAY + timedelta(weeks=week + 1), tmp_path)["X4"].n
        assert seen == (13 if week == 4 else 8)


def test_a_person_whose_case_ends_counts_as_changed(eight: Story, tmp_path: Path) -> None:
    """Two answers later the rate would tell how the two fared: it waits."""
    publish(TUESDAY, tmp_path)
    with clock.at(TUESDAY):
        for exchange in Exchange.objects.filter(community=eight.community, opener__name__startswith="Late").everywhere(
            "test"
        ):
            eight.respond(eight.facilitator, exchange)
    assert publish(TUESDAY + timedelta(weeks=1), tmp_path)["X3"].until == MONDAY


def test_publishing_twice_adds_nothing(eight: Story, tmp_path: Path) -> None:
    publish(TUESDAY, tmp_path)
    count = Figure.objects.everywhere("test").count()
    publish(TUESDAY + timedelta(hours=1), tmp_path)
    assert Figure.objects.everywhere("test").count() == count


def test_too_few_people_are_published_as_too_few(db: None, tmp_path: Path) -> None:
    with clock.at(MONDAY - timedelta(days=60)):
        story = Story()
    asked_by(story, ["A", "B", "C", "D"], MONDAY - timedelta(days=20))
    figure = publish(TUESDAY, tmp_path)["X4"]
    assert (figure.value, figure.n, figure.events, figure.suppressed) == (None, None, None, "few_people")


def test_a_community_where_nothing_happened_yet_says_so(db: None, tmp_path: Path) -> None:
    with clock.at(MONDAY):
        Story()
    assert {figure.suppressed for figure in publish(TUESDAY, tmp_path).values()} == {"no_cases", "not_recorded"}


def test_every_metric_is_published(eight: Story, tmp_path: Path) -> None:
    assert set(publish(TUESDAY, tmp_path)) == {metric.id for metric in press.METRICS}


def test_a_sponsor_sees_figures_and_a_stranger_to_a_private_community_does_not(eight: Story, tmp_path: Path) -> None:
    publish(TUESDAY, tmp_path)
    closed = eight.found("closed", "Closed", by=eight.facilitator, visibility="private")
    publish(TUESDAY, tmp_path)
    stranger = eight.person("Ned")
    assert not Figure.objects.visible_to(stranger).filter(community=closed).exists()
    assert Figure.objects.visible_to(stranger).filter(community=eight.community).exists()


@pytest.mark.parametrize(
    ("span", "moment", "since", "until"),
    [
        (Span.WEEKS, "2026-03-03T10:00", "2025-12-08", "2026-03-02"),
        (Span.WEEKS, "2026-03-02T00:00", "2025-12-08", "2026-03-02"),
        (Span.MONTHS, "2026-03-31T10:00", "2025-03-01", "2026-03-01"),
        (Span.QUARTERS, "2026-03-31T10:00", "2025-01-01", "2026-01-01"),
        (Span.QUARTERS, "2026-12-31T10:00", "2025-10-01", "2026-10-01"),
    ],
)
def test_the_grid_ends_with_a_whole_week_month_or_quarter(span: Span, moment: str, since: str, until: str) -> None:
    period = Until(datetime.fromisoformat(moment).replace(tzinfo=UTC), archive=False).period(span)
    assert (f"{period.since:%F}", f"{period.until:%F}") == (since, until)


def test_an_archive_ends_with_its_last_act() -> None:
    end = datetime(2024, 2, 29, 13, 5, tzinfo=UTC)
    assert Until(end, archive=True).period(Span.MONTHS).until == end
    assert Until(end, archive=True).period(Span.QUARTERS).since == datetime(2023, 2, 28, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "published"),
    [(0, 0), (44.2, 44), (59 * 60, 59 * 60), (11_423, 190 * 60), (13 * 3600 + 1700, 13 * 3600),
     (94.4 * 86_400, 94 * 86_400), (129 * 86_400, 130 * 86_400)],
)  # fmt: skip
def test_waits_keep_two_digits(seconds: float, published: float) -> None:
    assert rounded(Reading("X3", "seconds", "opened", 1, value=seconds)).value == pytest.approx(published)


def test_nobody_goes_back_to_an_earlier_edition(eight: Story, tmp_path: Path) -> None:
    """Whoever began before another, and ends after them, keeps what they have."""
    late = publish(TUESDAY, tmp_path)["X4"]
    asked_by(eight, [f"New {n}" for n in range(5)], TUESDAY)
    publish(TUESDAY + timedelta(weeks=1), tmp_path)
    late.value = 0.5
    assert not is_news(eight.community, [late])
    late.last_act = 10**9
    assert is_news(eight.community, [late])


def test_editions_are_numbered_one_after_another(eight: Story, tmp_path: Path) -> None:
    first = publish(TUESDAY, tmp_path)["X4"].edition
    asked_by(eight, [f"New {n}" for n in range(5)], TUESDAY)
    assert publish(TUESDAY + timedelta(weeks=1), tmp_path)["X4"].edition > first


def test_one_community_is_published_without_the_others(eight: Story, tmp_path: Path) -> None:
    other = eight.found("other", "Other", by=eight.facilitator)
    with clock.at(TUESDAY):
        press.publish(tmp_path, Rules(), other)
    assert {figure.community_id for figure in latest().values()} == {other.pk}
