"""Two units become one: people and parts move, and the name and id of the other lead to the one that was kept."""

import pytest

from commonplace.communities import acts
from commonplace.communities.arrivals import unit_called
from commonplace.communities.models import Installation, Unit
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.models import Act
from tests.communities.recorded import verbs
from tests.story import Story


def named(story: Story, name: str, parent: Unit | None = None) -> Unit:
    return acts.name_unit(story.operator, Installation.current(), name=name, parent=parent)


def test_people_and_parts_move_to_the_unit_that_is_kept(story: Story) -> None:
    north, south = named(story, "North"), named(story, "South")
    depot, lea = named(story, "Depot", north), story.member("Lea", unit="North")
    merged = acts.merge_unit(story.operator, north, into=south)
    lea.refresh_from_db()
    depot.refresh_from_db()
    assert (lea.unit, depot.parent, merged.merged_into) == (south, south, south)
    done = Act.objects.everywhere("test").filter(verb__in=("unit.merged", "unit.moved")).order_by("id")
    assert [(act.verb, act.subject, act.evidence) for act in done] == [
        ("unit.merged", north.pk, {"into": south.pk, "people": 1}),
        ("unit.moved", depot.pk, {"parent": south.pk}),
    ]


def test_the_old_name_and_id_lead_on(story: Story) -> None:
    north, south, west = named(story, "North"), named(story, "South"), named(story, "West")
    acts.merge_unit(story.operator, north, into=south)
    acts.merge_unit(story.operator, south, into=west)
    assert Unit.objects.get(pk=north.pk).as_kept() == west
    assert unit_called(story.operator, "north") == west
    assert verbs().count("unit.named") == 3, "none is named anew"


def test_ids_lead_to_the_units_that_are_kept(story: Story) -> None:
    north, south, west, depot = (named(story, name) for name in ("North", "South", "West", "Depot"))
    acts.merge_unit(story.operator, north, into=south)
    acts.merge_unit(story.operator, south, into=west)
    assert Unit.objects.kept([north.pk, south.pk, "", depot.pk]) == {west.pk, depot.pk}
    assert Unit.objects.kept([]) == set()


def test_only_the_operator(story: Story) -> None:
    north, south = named(story, "North"), named(story, "South")
    with pytest.raises(NotAllowed):
        acts.merge_unit(story.facilitator, north, into=south)


def test_a_unit_is_not_merged_into_itself_or_a_part_of_it(story: Story) -> None:
    north = named(story, "North")
    depot = named(story, "Depot", north)
    for into in (north, depot):
        with pytest.raises(NotPossible, match="Move it out first"):
            acts.merge_unit(story.operator, north, into=into)
    assert acts.merge_unit(story.operator, depot, into=north).merged_into == north


def test_it_is_merged_once_and_into_one_that_stands(story: Story) -> None:
    north, south, west = named(story, "North"), named(story, "South"), named(story, "West")
    acts.merge_unit(story.operator, north, into=south)
    for unit, into in ((north, west), (west, north)):
        with pytest.raises(NotPossible, match="merged into South"):
            acts.merge_unit(story.operator, unit, into=into)


def test_the_page_says_what_will_happen_before_it_does(story: Story) -> None:
    north, south = named(story, "North"), named(story, "South")
    story.member("Lea", unit="North")
    browser = story.browser(story.operator)
    page = browser.get(f"/units/{north.pk}/edit").content.decode()
    assert "1 person" in page
    assert "Its people and its parts move to the other unit" in page
    assert "In rounds that are open, both count as one from now on." in page
    assert browser.post(f"/units/{north.pk}/merge", {"into": ""}).status_code == 422
    assert browser.post(f"/units/{north.pk}/merge", {"into": north.pk}).status_code == 422
    assert browser.post(f"/units/{north.pk}/merge", {"into": south.pk})["Location"] == "/units/"
    page = browser.get("/units/").content.decode()
    assert "North was merged into South, with its people and its parts." in page
    assert ">North<" not in page
    assert browser.post(f"/units/{north.pk}/merge", {"into": south.pk}).status_code == 422


def test_where_there_is_one_unit_there_is_nothing_to_merge(story: Story) -> None:
    north = named(story, "North")
    assert (
        "Merge this unit into another"
        not in story.browser(story.operator).get(f"/units/{north.pk}/edit").content.decode()
    )
