"""A rule's two faces agree: who may act on this row, and on which rows this person may."""

from itertools import product
from typing import Any

import pytest

from commonplace.communities.models import Community, Person, RoleKind
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective, Side
from commonplace.steering.policy import SPEAKS_FOR, speaks_for, steerer
from tests.steering.conftest import WORDS
from tests.story import Story

RULES = {"steerer": steerer, **SPEAKS_FOR}


@pytest.fixture
def people(story: Story, sponsor: Person, second: Person, objective: Objective) -> list[Person]:
    gone = story.serving("Gone Facilitator", RoleKind.FACILITATOR)
    gone.is_active = False
    return [sponsor, second, story.facilitator, story.member("Lea"), story.person("Ned"), story.operator, gone]


@pytest.fixture
def rows(story: Story, objective: Objective, second: Person) -> list[Any]:
    """Here, and in another community."""
    other = story.found("valve-crews", "Valve crews", by=second)
    acts.state(second, other, card=Card(**WORDS))
    models = (Community, Objective, Card)
    return [row for model in models for row in model.objects.everywhere("test").order_by("pk")]


@pytest.mark.parametrize("name", RULES)
def test_both_faces_agree(people: list[Person], rows: list[Any], name: str) -> None:
    rule, allowed = RULES[name], 0
    for person, row in product(people, rows):
        model = type(row)
        among = model.objects.filter(rule.where(person, model), pk=row.pk).everywhere("test").exists()
        assert rule.allows(person, row) == among, (name, person.name, row)
        allowed += among
    assert allowed


def test_each_side_has_its_own_voice(story: Story, sponsor: Person, objective: Objective) -> None:
    speaks = {
        (side, by.name)
        for side in Side
        for by in (sponsor, story.facilitator)
        if speaks_for(side, by, objective.latest)
    }
    assert speaks == {(Side.SPONSOR, "Sam Sponsor"), (Side.COMMUNITY, "Fay Facilitator")}
