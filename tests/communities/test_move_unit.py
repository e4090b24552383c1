"""A unit becomes part of another; never of itself."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Installation, Unit
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story


@pytest.fixture
def units(story: Story) -> tuple[Unit, Unit, Unit]:
    """North, South, and the depot of North."""
    here = Installation.current()
    north, south = (acts.name_unit(story.operator, here, name=name) for name in ("North", "South"))
    return north, south, acts.name_unit(story.operator, here, name="Depot", parent=north)


def test_it_is_part_of_another(story: Story, units: tuple[Unit, Unit, Unit]) -> None:
    _, south, depot = units
    assert acts.move_unit(story.operator, depot, parent=south).parent == south
    assert (evidence_of("unit.moved").parent, last("unit.moved").object) == (south.pk, depot.pk)
    acts.move_unit(story.operator, depot, parent=None)
    assert evidence_of("unit.moved").parent == ""


def test_only_the_operator(story: Story, units: tuple[Unit, Unit, Unit]) -> None:
    with pytest.raises(NotAllowed):
        acts.move_unit(story.facilitator, units[2], parent=None)


def test_no_loop(story: Story, units: tuple[Unit, Unit, Unit]) -> None:
    north, _, depot = units
    for parent in (north, depot):
        with pytest.raises(NotPossible, match="cannot be a part of itself"):
            acts.move_unit(story.operator, north, parent=parent)


def test_the_page_does_not_offer_a_loop(story: Story, units: tuple[Unit, Unit, Unit]) -> None:
    north, south, depot = units
    browser = story.browser(story.operator)
    page = browser.get(f"/units/{north.pk}/edit").content.decode()
    assert f'value="{south.pk}"' in page
    assert f'value="{depot.pk}"' not in page
    assert browser.post(f"/units/{north.pk}/update", {"name": "North", "parent": depot.pk}).status_code == 422
    browser.post(f"/units/{depot.pk}/update", {"name": "Depot", "parent": south.pk})
    assert Unit.objects.get(pk=depot.pk).parent == south


def test_nothing_moves_into_or_out_of_what_was_merged(story: Story, units: tuple[Unit, Unit, Unit]) -> None:
    north, south, depot = units
    acts.merge_unit(story.operator, north, into=south)
    for unit, parent in ((north, None), (depot, north)):
        with pytest.raises(NotPossible, match="merged into South"):
            acts.move_unit(story.operator, unit, parent=parent)
