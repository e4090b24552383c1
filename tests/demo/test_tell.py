"""The story that comes with Commonplace: who is in it, that it is complete, and that a seed tells it the same again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest

from commonplace.demo.deeds.applications import Apply
from commonplace.demo.deeds.exchanges import Ask, Close, Respond, Thank
from commonplace.demo.deeds.people import HandOver
from commonplace.demo.happening import Happening
from commonplace.demo.moments import Calendar
from commonplace.demo.scenario import Scenario, load
from commonplace.demo.story import SEED, tell
from commonplace.externalizing.models import Kind, Purpose
from commonplace.internalizing.models import Outcome

D = TypeVar("D")


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load()


@pytest.fixture
def happenings(scenario: Scenario, calendar: Calendar) -> list[Happening]:
    return tell(scenario, calendar)


def deeds(kind: type[D], happenings: Iterable[Happening]) -> list[D]:
    return [happening.deed for happening in happenings if isinstance(happening.deed, kind)]


def test_about_sixty_people_work_in_five_units_and_some_are_new(scenario: Scenario) -> None:
    assert 55 <= len(scenario.people) <= 65
    assert len({person.unit for person in scenario.people} - {""}) == 5
    assert sum(person.joined > -60 for person in scenario.people) >= 4


def test_eighteen_months_end_yesterday(happenings: list[Happening], calendar: Calendar) -> None:
    assert all(happening.at < calendar.on(0, 0) for happening in happenings)
    assert happenings[-1].at > calendar.on(-4)
    assert calendar.on(-560) < happenings[0].at < calendar.on(-540)


@pytest.mark.parametrize("days", [0, 1, 2, 3, 4, 5, 6, 30, 61, 100, 250])
def test_it_can_be_told_on_any_day(scenario: Scenario, days: int) -> None:
    """Weekdays, summer time and leap years move it; names and order hold."""
    later = Calendar(date(2027, 11, 22) + timedelta(days=days), ZoneInfo("Europe/Brussels"))
    assert 1500 < len(tell(scenario, later)) < 1800


def test_the_same_seed_tells_the_same(scenario: Scenario, calendar: Calendar) -> None:
    assert tell(scenario, calendar, SEED) == tell(scenario, calendar, SEED)


def test_another_seed_tells_another_everyday_around_the_same_story(scenario: Scenario, calendar: Calendar) -> None:
    one, other = set(map(str, tell(scenario, calendar, 1))), set(map(str, tell(scenario, calendar, 2)))
    by_hand = set(map(str, scenario.written(calendar)))
    assert one != other
    assert by_hand <= one & other


def test_exchanges_of_all_kinds_and_both_purposes_end_in_every_way(happenings: list[Happening]) -> None:
    asked = deeds(Ask, happenings)
    assert {deed.kind for deed in asked} == set(Kind)
    assert {deed.purpose for deed in asked} == set(Purpose)
    assert {deed.id for deed in asked} - {deed.exchange for deed in deeds(Respond, happenings)}, (
        "some wait for an answer"
    )
    assert {deed.why for deed in deeds(Close, happenings)} >= {"", "nobody_knew", "no_longer_needed"}


def test_a_few_are_thanked(happenings: list[Happening]) -> None:
    assert len({deed.by for deed in deeds(Thank, happenings)}) > 2


def test_uses_fail_too_and_nobody_uses_all(happenings: list[Happening]) -> None:
    uses = deeds(Apply, happenings)
    outcomes = Counter(deed.outcome for deed in uses)
    assert set(outcomes) == set(Outcome)
    assert outcomes[Outcome.WORKED] > outcomes[Outcome.ADAPTED] > outcomes[Outcome.FAILED]
    assert max(Counter(deed.by for deed in uses).values()) < len(uses) / 8


def test_the_facilitator_hands_over(happenings: list[Happening]) -> None:
    assert [(deed.by, deed.successor) for deed in deeds(HandOver, happenings)] == [("ingrid", "kofi")]


def test_every_door_leads_to_somebody(scenario: Scenario) -> None:
    known = {person.id for person in scenario.people}
    assert {door.person for door in scenario.doors} <= known
    assert [door.who for door in scenario.doors] == [
        "a member", "a newcomer", "a facilitator", "a sponsor", "the operator",
    ]  # fmt: skip
