"""Figures are published early in each community's own morning, when there may be news; soon when it has none yet."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.ledger import clock, jobs
from commonplace.ledger.children import ChildFailed
from commonplace.ledger.jobs import schedules
from commonplace.ledger.jobs.kinds import KINDS
from commonplace.ledger.models import Act, Job
from commonplace.measuring.jobs import may_have_news, publish_figures, zones
from commonplace.measuring.models import Figure
from commonplace.measuring.readings import Reason
from tests.story import Story

pytestmark = pytest.mark.usefixtures("nobody_works")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOON, DAY = MONDAY + timedelta(hours=12), timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def in_children(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What children were called for."""
    in_children: list[tuple[str, ...]] = []
    monkeypatch.setattr(jobs, "in_child", lambda *words, seconds: in_children.append(words))
    return in_children


def published(story: Story, at: datetime, seen: datetime, suppressed: str = "") -> None:
    """A figure of what was known at `seen`, made at `at` of all acts so far."""
    known = Act.objects.everywhere("test").latest("pk").pk
    edition = Figure.objects.everywhere("test").last_edition() + 1
    Figure.objects.create(
        community=story.community, metric="X2", edition=edition, unit="rate", span="weeks", suppressed=suppressed,
        since=seen - 114 * DAY, until=seen - 30 * DAY, seen=seen, formula_version=1, last_act=known, computed_at=at,
    )  # fmt: skip


def midnight(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def plan() -> dict[str | None, datetime]:
    schedules.plan({"figures": KINDS["figures"].when})  # type: ignore[dict-item]
    return dict(Job.objects.filter(key__startswith="figures").values_list("key", "due_at"))


def test_a_community_without_figures_has_them_soon_and_others_at_four_by_their_clocks(story: Story) -> None:
    published(story, NOON, seen=NOON)
    lima = story.found("lima", "Lima", by=story.facilitator)
    social.set_profile(story.facilitator, story.community, time_zone="Asia/Kathmandu")
    assert plan() == {
        f"figures {story.community.pk}": MONDAY + timedelta(hours=22, minutes=15),
        f"figures {lima.pk}": NOON,
    }


def test_each_community_is_published_by_itself_in_another_process(
    story: Story, in_children: list[tuple[str, ...]]
) -> None:
    plan()
    jobs.run_due()
    assert in_children == [("figures", "publish", "--community", "pump-crews")]
    assert Job.objects.get().due_at == MONDAY + DAY + timedelta(hours=4), "and again tomorrow"


def test_a_publication_that_fails_is_tried_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ChildFailed

    monkeypatch.setattr(jobs, "in_child", fail)
    plan()
    jobs.run_due()
    job = Job.objects.get()
    assert job.error.startswith("ChildFailed at measuring/jobs.py:")
    assert NOON < job.due_at < NOON + timedelta(minutes=1)


def test_a_community_that_is_gone_has_no_figures(db: None, in_children: list[tuple[str, ...]]) -> None:
    publish_figures(of="nobody")
    assert in_children == []


def test_before_its_first_figures_a_community_has_news(story: Story) -> None:
    assert may_have_news(story.community)


@pytest.mark.parametrize(
    ("at", "now", "ripened"),
    [
        ("2026-02-17", "2026-02-18", True),  # 12 weeks up to 19 January, and the 30 days after.
        ("2026-02-18", "2026-03-17", False),
        ("2026-03-17", "2026-03-18", True),  # The next, four weeks later.
        ("2026-03-29", "2026-03-30", True),  # The year up to October, and 180 days.
        ("2026-03-31", "2026-04-01", True),  # The year up to January, and 90 days.
        ("2026-04-01", "2026-04-14", False),
    ],
)
def test_there_is_news_when_a_window_has_become_ripe(story: Story, at: str, now: str, ripened: bool) -> None:
    """Of no act since."""
    published(story, midnight(at), seen=midnight("2026-02-18"))
    with clock.at(midnight(now)):
        assert may_have_news(story.community) is ripened


def test_what_happened_after_a_window_was_seen_is_no_news_of_it(story: Story) -> None:
    published(story, NOON, seen=MONDAY)
    story.ask(story.facilitator)
    assert not may_have_news(story.community)


def test_what_happened_before_and_became_known_since_is_news(story: Story) -> None:
    published(story, NOON, seen=MONDAY)
    with clock.at(MONDAY):
        story.ask(story.facilitator)
    assert may_have_news(story.community)
    published(story, NOON, seen=MONDAY)
    assert not may_have_news(story.community), "once"


def test_what_is_too_early_to_say_has_not_been_seen_yet(story: Story) -> None:
    published(story, NOON, seen=NOON + 20 * DAY, suppressed=Reason.TOO_EARLY)
    story.ask(story.facilitator)
    assert not may_have_news(story.community)


@pytest.mark.breaks_ledger
def test_an_archive_that_came_since_is_news_whenever_it_is_of(story: Story) -> None:
    """It may end what was too early to say: from its first act on, it tells."""
    published(story, NOON, seen=MONDAY)
    of_archive = {"verb": "exchange.opened", "subject": "e", "community": story.community.pk, "origin": "reddit:pumps"}
    Act.objects.create(**of_archive, happened_at=NOON, recorded_at=NOON, evidence={})
    assert may_have_news(story.community)


def test_another_community_s_acts_are_no_news_here(story: Story) -> None:
    lima = story.found("lima", "Lima", by=story.facilitator)
    published(story, NOON, seen=MONDAY)
    with clock.at(MONDAY):
        story.ask(story.facilitator, of=lima)
    assert not may_have_news(story.community)


@pytest.mark.parametrize("ripened", [False, True])
def test_a_child_is_called_for_news_alone(story: Story, in_children: list[tuple[str, ...]], ripened: bool) -> None:
    published(story, midnight("2026-02-17" if ripened else "2026-02-18"), seen=midnight("2026-01-01"))
    publish_figures(of=story.community.pk)
    assert bool(in_children) is ripened


def test_every_community_has_a_time_of_its_own(story: Story) -> None:
    assert {str(zone) for zone in zones().values()} == {story.community.time_zone}
