"""What is fair to show at which stage (theory §4.5), and what a profile changes of that: cases worked by hand."""

from typing import Any

import pytest

from commonplace.communities.models import Community, Stage
from commonplace.communities.stages import EMPHASIS, About, Figure, emphasis


def at(stage: Stage, **profile: str) -> Any:
    return emphasis(Community(stage=stage, profile=profile))


def test_each_stage_has_its_row() -> None:
    assert set(EMPHASIS) == set(Stage)


@pytest.mark.parametrize(
    ("stage", "first"),
    [
        (Stage.POTENTIAL, About.TOPICS),
        (Stage.COALESCING, About.WAITING),
        (Stage.MATURING, About.WAITING),
        (Stage.STEWARDSHIP, About.DUE),
        (Stage.TRANSFORMATION, About.HANDED_ON),
    ],
)
def test_what_matters_at_a_stage_is_first(stage: Stage, first: About) -> None:
    assert at(stage).alive[0] == first


def test_people_who_find_each_other_are_judged_by_nothing() -> None:
    shown = at(Stage.POTENTIAL)
    assert shown.counted == frozenset()
    assert not {About.AGREED, About.USED, About.DUE} & set(shown.alive)


def test_while_trust_is_built_acceptance_is_not_counted() -> None:
    assert at(Stage.COALESCING).counted == {Figure.EXCHANGED, Figure.TAKEN_UP}


@pytest.mark.parametrize("stage", [Stage.MATURING, Stage.STEWARDSHIP])
def test_later_all_is_counted(stage: Stage) -> None:
    assert at(stage).counted == set(Figure)


def test_to_let_go_is_no_failure() -> None:
    assert at(Stage.TRANSFORMATION).counted == frozenset()
    assert About.AGREED not in at(Stage.TRANSFORMATION).alive


@pytest.mark.parametrize("stage", Stage)
def test_what_is_not_counted_has_its_reason(stage: Stage) -> None:
    assert bool(at(stage).why_not) == (at(stage).counted != set(Figure))


@pytest.mark.parametrize("stage", Stage)
def test_a_round_that_waits_for_people_is_shown_at_every_stage(stage: Stage) -> None:
    assert About.AGREEING in at(stage).alive


def test_within_one_unit_nobody_counts_units() -> None:
    assert not at(Stage.MATURING, boundaries="unit").units
    assert at(Stage.MATURING, boundaries="units").units


def test_what_lasts_for_a_time_hands_on_before_it_ends() -> None:
    assert at(Stage.STEWARDSHIP, life_span="bounded").alive[0] == About.HANDED_ON
    assert About.HANDED_ON not in at(Stage.STEWARDSHIP, life_span="open").alive
    assert About.HANDED_ON not in at(Stage.MATURING, life_span="bounded").alive
