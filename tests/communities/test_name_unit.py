"""The operator names the units that people choose from; a name is used once."""

import pytest
from django.core.exceptions import ValidationError

from commonplace.communities import acts, units
from commonplace.communities.arrivals import new_units, unit_called
from commonplace.communities.models import Installation, Unit
from commonplace.communities.roster import Listed
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.untrusted.visible import folded
from tests.communities.recorded import evidence_of, last
from tests.story import Story


def name(story: Story, words: str, parent: Unit | None = None) -> Unit:
    return acts.name_unit(story.operator, Installation.current(), name=words, parent=parent)


def test_a_tree_of_names_without_the_names_in_the_ledger(story: Story) -> None:
    north = name(story, "North")
    depot = name(story, "Depot", parent=north)
    assert [placed.path for placed in units.tree()] == ["North", "North › Depot"]
    assert evidence_of("unit.named").parent == north.pk
    assert (last("unit.named").object, last("unit.named").subject) == (depot.pk, depot.pk)


def test_only_the_operator(story: Story) -> None:
    with pytest.raises(NotAllowed):
        acts.name_unit(story.facilitator, Installation.current(), name="Mine")
    assert story.browser(story.facilitator).get("/units/").status_code == 403
    assert story.browser(story.facilitator).post("/units/create", {"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("again", ["North", "NORTH", "north", "Ｎｏｒｔｈ", "Norťh"])
def test_a_name_is_used_once(story: Story, again: str) -> None:
    name(story, "North")
    with pytest.raises(NotPossible, match="already a unit of this name"):
        name(story, again)


def test_a_name_that_leads_elsewhere_is_not_used_again(story: Story) -> None:
    north, south = name(story, "North"), name(story, "South")
    acts.merge_unit(story.operator, north, into=south)
    with pytest.raises(NotPossible, match="merged into South"):
        name(story, "North")
    with pytest.raises(NotPossible, match="merged into South"):
        name(story, "Depot", parent=north)


@pytest.mark.parametrize("words", ["", "  ", "x" * 81])
def test_a_name_is_short_and_not_empty(story: Story, words: str) -> None:
    with pytest.raises(NotPossible, match="at most 80 letters"):
        name(story, words)


def test_the_page_shows_the_tree_with_people_and_adds(story: Story) -> None:
    browser = story.browser(story.operator)
    story.member("Lea", unit="North"), story.member("Omar", unit="North")
    north = Unit.objects.of_name("North")
    assert north
    assert browser.post("/units/create", {"name": "Depot", "parent": north.pk})["Location"] == "/units/"
    page = browser.get("/units/").content.decode()
    assert "2 people" in page
    assert page.index("North ›") < page.index(">Depot<")
    assert 'href="/units/"' in browser.get("/operator/").content.decode()
    refused = browser.post("/units/create", {"name": "depot"})
    assert refused.status_code == 422
    assert "already a unit of this name" in refused.content.decode()


@pytest.mark.parametrize("rows", [2, 12])
def test_the_pages_cost_the_same_however_many(  # type: ignore[no-untyped-def]
    story: Story, django_assert_max_num_queries, rows: int
) -> None:
    parent = None
    for number in range(rows):
        parent = name(story, f"Unit {number}", parent=parent)
    assert parent
    browser = story.browser(story.operator)
    for path in ("/units/", f"/units/{parent.pk}/edit", "/me/"):
        with django_assert_max_num_queries(13):
            assert browser.get(path).status_code == 200


@pytest.mark.parametrize("again", ["Nord-Co\u0302te", "Ｎｏｒｄ-Côte", "nord-cote"])
def test_a_name_is_one_unit_however_it_is_spelled(story: Story, again: str) -> None:
    coast = name(story, "Nord-Côte")
    assert Unit.objects.of_name(again) == coast
    assert unit_called(story.operator, again) == coast
    assert new_units([Listed("Lea", "lea@x.org", again)]) == []
    assert new_units([Listed("Lea", "l@x.org", "Süd"), Listed("Omar", "o@x.org", "Su\u0308d")]) == ["Süd"]
    with pytest.raises(NotPossible, match="already a unit of this name"):
        acts.rename_unit(story.operator, name(story, "South"), name=again)


def test_the_database_knows_them_as_one_too(story: Story) -> None:
    name(story, "Nord-Côte")
    again = "Nord-Co\u0302te"
    with pytest.raises(ValidationError, match="already a unit of this name"):
        Unit(name=again, folded=folded(again)).validate_constraints()
