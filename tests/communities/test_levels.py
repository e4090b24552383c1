"""Levels of participation count what contributes, by the names of theory §2.8, and nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.levels import Level, contributing, level_of, levels
from commonplace.communities.models import Membership, Person, Role, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.registry import ACTS
from tests.ledger.tale import Tale
from tests.story import Story, role_of

WEEK = timedelta(weeks=1)


def test_these_contribute_and_no_others() -> None:
    assert {verb.split(".")[0] for verb in contributing()} <= {
        *("exchange", "response", "practice", "proposal", "challenge"),
        *("review", "application", "pairing", "story", "event"),
    }
    assert {"exchange.opened", "exchange.responded", "practice.distilled", "application.reported"} <= set(
        contributing()
    )
    kinds = ("member.", "role.", "charter.", "community.", "unit.", "topic.", "person.", "objective.", "import.")
    assert [verb for verb in ACTS if verb.startswith(kinds) and verb in contributing()] == []


def _level(story: Story, person: Person) -> Level:
    return level_of(person.pk, story.community, clock.now())


Does = Callable[[Story, Person], object]


@pytest.mark.parametrize(
    "does",
    [
        lambda story, lea: acts.set_charter(lea, story.community, norms="Be kind."),
        lambda story, lea: acts.grant_role(lea, story.community, person=story.member("Omar"), kind=RoleKind.STEWARD),
        lambda story, lea: acts.invite(lea, story.community, secret="s"),
    ],
)
def test_tending_alone_does_not_contribute(story: Story, does: Does) -> None:
    lea = story.serving("Lea", RoleKind.FACILITATOR)
    does(story, lea)
    acts.end_role(lea, role_of(lea))
    assert _level(story, lea) == Level.PERIPHERAL


@pytest.mark.parametrize(("weeks", "level"), [(0, "peripheral"), (1, "occasional"), (3, "active"), (8, "core")])
def test_weeks_of_contributing_make_the_level(story: Story, now: datetime, weeks: int, level: str) -> None:
    lea = story.member("Lea")
    for week in range(weeks):
        with clock.at(now + week * WEEK):
            story.ask(lea)
    with clock.at(now + max(weeks - 1, 0) * WEEK + timedelta(hours=1)):
        assert _level(story, lea) == level


def test_who_serves_is_core_and_who_does_not_belong_is_transactional(story: Story, nina: Person) -> None:
    assert _level(story, story.facilitator) == Level.CORE
    assert _level(story, nina) == Level.TRANSACTIONAL


def test_past_levels_are_of_whoever_belonged_and_served_then(story: Story, now: datetime) -> None:
    lea, omar = story.member("Lea"), story.serving("Omar", RoleKind.STEWARD)
    here, first = story.community, now + timedelta(hours=1)
    with clock.at(now + WEEK):
        acts.end_role(story.facilitator, role_of(omar))
        acts.leave(lea, here)
        nina = story.member("Nina")
    with clock.at(now + 2 * WEEK):
        before, after = levels(here, first), levels(here, clock.now())
    assert before == {story.facilitator.pk: Level.CORE, lea.pk: Level.PERIPHERAL, omar.pk: Level.CORE}
    assert after == {story.facilitator.pk: Level.CORE, omar.pk: Level.PERIPHERAL, nina.pk: Level.PERIPHERAL}


def test_who_left_and_came_back_belonged_twice(story: Story, now: datetime) -> None:
    lea = story.member("Lea")
    with clock.at(now + WEEK):
        acts.leave(lea, story.community)
    with clock.at(now + 2 * WEEK):
        acts.join(lea, story.community)
    moments = [now, now + WEEK, now + 1.5 * WEEK, now + 2 * WEEK]
    assert [lea.pk in levels(story.community, at) for at in moments] == [True, False, False, True]


def test_now_the_fold_says_what_the_rows_say(db: None) -> None:
    here = Tale().here
    belonging = Membership.objects.filter(community=here).current().exclude(person__is_bot=True).everywhere("test")
    serving = Role.objects.filter(community=here, kind__in=["facilitator", "steward"]).current().everywhere("test")
    level_of = levels(here, clock.now() + timedelta(days=30))  # What is told last happens after a round.
    assert level_of.keys() == set(belonging.values_list("person", flat=True))
    for person in serving.values_list("person", flat=True):
        assert level_of[person] == Level.CORE
