"""The second funnel by hand: of what was brought in, what is used, agreed on, and used by those who came later."""

from pathlib import Path
from typing import Any

import pytest

from commonplace.measuring.disclosure.crowds import crowds
from commonplace.measuring.disclosure.judging import judge
from commonplace.measuring.engines import acts_of, engine
from commonplace.measuring.lake import export
from commonplace.measuring.measure import reading_of
from commonplace.measuring.metrics import DECLARED
from commonplace.measuring.metrics.registry import BROUGHT_IN
from commonplace.measuring.readings import Reason
from commonplace.measuring.rules import Rules
from commonplace.objectifying import acts as agreement
from tests.internalizing.conftest import accept, report
from tests.measuring.conftest import History
from tests.measuring.oracle import cohort as expected
from tests.measuring.raw import measure
from tests.measuring.test_metrics import measured
from tests.measuring.test_whole_cycle import FOLLOWED, on, recorded
from tests.story import Story

STAGES = ["B1.used", "B1.accepted", "B1.passed_on"]


@pytest.fixture
def brought(history: History) -> History:
    """Ten practices of five people: 6 used by others, 4 of these agreed on, 2 used by one who came after that."""
    for number in range(10):
        history.brings(f"m{number % 5}", f"b{number}", number)
    for number in range(6):
        history.applies(f"m{(number + 1) % 5}", f"b{number}", 20)
    for number in (0, 1, 2, 3, 9):
        history.decides(f"b{number}", 40)
    history.decides("b4", 40, outcome="not_accepted")
    history.decides("b5", 40, matter="settlement")
    history.joins("new", 50)
    for number in (0, 1, 4, 9):
        history.applies("new", f"b{number}", 60)
    return history


def hits(history: History, metric: str, **of: float) -> set[str]:
    return {name for name, case in history.cases(metric, **of).items() if case["hit"]}


def test_each_stage_is_among_the_one_before(brought: History) -> None:
    """The tenth is used by the new one only, so it counts from there on; it is agreed on, too."""
    assert [brought.read(stage).value for stage in STAGES] == pytest.approx([0.7, 0.5, 0.3])
    assert {(brought.read(stage).n, brought.read(stage).events) for stage in STAGES} == {(5, 10)}


def test_who_brought_it_in_is_no_other_and_what_failed_is_no_use(history: History) -> None:
    for number, (who, outcome) in enumerate((("ann", "worked"), ("bea", "failed"), ("bea", "adapted"))):
        history.brings("ann", f"b{number}", 0)
        history.applies(who, f"b{number}", 1, outcome=outcome)
    assert hits(history, "B1.used") == {"b2"}


def test_what_was_set_aside_was_a_mistake_and_is_no_case(history: History) -> None:
    """Within the time that it has: what comes after that changes no figure."""
    for number, at in enumerate((1, 179, 181)):
        history.brings("ann", f"b{number}", 0)
        history.sets_aside("ann", f"b{number}", at)
    assert history.cases("B1.used").keys() == {"b2"}


def test_all_of_it_comes_within_half_a_year(history: History) -> None:
    for number, late in enumerate((0, 0.01)):
        history.brings("ann", f"b{number}", 0)
        history.applies("bea", f"b{number}", 180 + late)
    assert hits(history, "B1.used", until=365) == {"b0"}
    assert history.cases("B1.used", until=100) == {}, "it has not had its time"
    assert len(history.cases("B1.used", until=100, followed=180)) == 2


def test_a_use_counts_before_or_after_it_was_agreed_on(history: History) -> None:
    for number, at in enumerate((5, 15)):
        history.brings("ann", f"b{number}", 0)
        history.decides(f"b{number}", 10)
        history.applies("bea", f"b{number}", at)
    assert hits(history, "B1.accepted") == {"b0", "b1"}


@pytest.mark.parametrize("way", ["joins", "adds", "admits"])
def test_whoever_came_in_after_it_was_agreed_on_came_later(history: History, way: str) -> None:
    history.brings("ann", "b", 0)
    history.decides("b", 10)
    for who, at in (("old", 9), ("new", 11)):
        getattr(history, way)(*(() if way == "joins" else ("fay",)), who, at)
    history.applies("old", "b", 12)
    assert hits(history, "B1.passed_on") == set()
    history.applies("new", "b", 12)
    assert history.doers("B1.passed_on") == {("b", "new")}


def test_who_comes_back_did_not_come_later_and_who_was_refused_did_not_come(history: History) -> None:
    history.brings("ann", "b", 0)
    history.founds("fay", 0)
    history.joins("bea", 1)
    history.decides("b", 10)
    history.admits("fay", "cas", 11, admitted=False)
    for who in ("fay", "bea"):
        history.joins(who, 11)
    for who in ("fay", "bea", "cas"):
        history.applies(who, "b", 12)
    assert hits(history, "B1.passed_on") == set()


def test_it_is_not_added_to_the_first_funnel(brought: History) -> None:
    assert brought.cases("C1.resolved") == {}


@pytest.mark.parametrize("stage", STAGES)
def test_of_a_few_people_nothing_is_told(history: History, stage: str) -> None:
    """However much one person brings in."""
    for number in range(40):
        history.brings("ann", f"b{number}", 0)
        history.applies(f"m{number % 9}", f"b{number}", 1)
    cohort = history.cohort(stage)
    reading = judge(reading_of(DECLARED[stage], cohort), crowds(cohort), 50, Rules())
    assert (reading.value, reading.n, reading.events, reading.suppressed) == (None, None, None, Reason.FEW_PEOPLE)


def test_the_acts_say_what_the_funnel_reads(db: None, tmp_path: Path) -> None:
    with on(0):
        story = Story()
        lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    with on(1):
        first, second, third = (
            story.bring(who, title) for who, title in ((lea, "First"), (omar, "Second"), (ines, "A mistake"))
        )
        agreement.set_aside(ines, third, reason="It was the wrong file.")
    with on(2):
        report(ines, first)
        report(lea, second)
    with on(20):
        accept(story, first, lea, omar, ines)
    with on(30):
        report(story.member("Nina"), first)
    export(tmp_path)
    with engine() as connection:
        acts: Any = acts_of(connection, tmp_path, story.community.pk)
        for stage in STAGES:
            assert measured(acts, DECLARED[stage], FOLLOWED) == expected(recorded(), stage, FOLLOWED), stage
        readings = measure(acts, FOLLOWED, Rules(), [DECLARED[stage] for stage in STAGES])
    assert [(reading.value, reading.events) for reading in readings] == [(1.0, 2), (0.5, 2), (0.5, 2)]


def test_both_funnels_are_published_over_the_same_time() -> None:
    ours = [metric for metric in DECLARED.values() if metric.cohort == BROUGHT_IN]
    assert [metric.id for metric in ours] == STAGES
    assert {(one.span, one.follows) for one in ours} == {(DECLARED["C1.item"].span, DECLARED["C1.item"].follows)}
