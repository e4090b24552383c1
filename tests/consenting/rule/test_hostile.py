"""Three who try to bend the rule, thousands of rounds: each ends, and none against the rule."""

from collections import Counter
from random import Random

import pytest

from commonplace.consenting.kinds import Outcome
from tests.consenting.rule.hostile import AUTHOR, HOSTILE, Play, days_pass, people_do, village
from tests.consenting.rule.oracle import overdue
from tests.consenting.rule.village import Asking
from tests.consenting.rule.world import World

ROUNDS, SEED, IN_A_VILLAGE, MOST_TURNS = 1_700, 9, 4, 400


@pytest.mark.parametrize("strategy", HOSTILE)
def test_nobody_bends_a_round(strategy: str) -> None:
    hostile, play = HOSTILE[strategy]
    chance, ends = Random(f"{SEED} {strategy}"), Counter[str]()
    while ends.total() < ROUNDS:
        world = village(chance)
        for _ in range(IN_A_VILLAGE):
            if one := _held(world, chance, hostile, play):
                ends[str(one.outcome)] += 1
                assert world.wrong == []
    assert set(ends) >= {Outcome.ACCEPTED, Outcome.RETURNED}


def _held(world: World, chance: Random, hostile: tuple[str, ...], play: Play) -> Asking | None:
    """One round, from its opening to its end; none where too few are left."""
    opener = next((name for name in (AUTHOR, *world.people) if world.people[name].acts), "")
    able = sum(member.is_asked for member in world.people.values())
    if not opener or able < 2:
        return None
    world.opens(opener)
    for _ in range(MOST_TURNS):
        if world.open is None:
            return world.rounds[-1]
        people_do(world, chance, hostile)
        play(world, chance)
        days_pass(world, chance)
        if world.open and not world.worker_sleeps:
            assert overdue(world, world.open) == []
    pytest.fail("It never ends.")
