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
from commonplace.ledger.models import Job
from commonplace.measuring.jobs import may_have_news, publish_figures, zones
from commonplace.measuring.models import Figure
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


def published(story: Story, at: datetime, last_act: int = 10**9) -> None:
    Figure.objects.create(
        community=story.community, metric="X2", unit="rate", span="weeks", since=at - 84 * DAY, until=at,
        formula_version=1, last_act=last_act, computed_at=at,
    )  # fmt: skip


def plan() -> dict[str | None, datetime]:
    schedules.plan({"figures": KINDS["figures"].when})  # type: ignore[dict-item]
    return dict(Job.objects.values_list("key", "due_at"))


def test_a_community_without_figures_has_them_soon_and_others_at_four_by_their_clocks(story: Story) -> None:
    published(story, NOON)
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


@pytest.mark.parametrize(
    ("at", "newer_act", "news"),
    [
        (NOON - timedelta(hours=1), False, False),
        (NOON - timedelta(hours=1), True, True),
        (MONDAY - timedelta(hours=1), False, True),  # A week, and here a month, has ended since.
    ],
)
def test_there_may_be_news_after_an_act_or_a_whole_week(
    story: Story, at: datetime, newer_act: bool, news: bool
) -> None:
    story.ask(story.facilitator)
    published(story, at, last_act=0 if newer_act else 10**9)
    assert may_have_news(story.community) is news


def test_every_community_has_a_time_of_its_own(story: Story) -> None:
    assert {str(zone) for zone in zones().values()} == {story.community.time_zone}
