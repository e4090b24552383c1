"""A unit gets another name and stays the same unit."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Unit
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last, verbs
from tests.story import Story


@pytest.fixture
def north(story: Story) -> Unit:
    unit = story.unit("North")
    assert unit
    return unit


def test_people_stay_where_they_are(story: Story, north: Unit) -> None:
    lea = story.member("Lea", unit="North")
    acts.rename_unit(story.operator, north, name="Northern depot")
    lea.refresh_from_db()
    assert (lea.unit, str(lea.unit)) == (north, "Northern depot")
    assert (last("unit.renamed").object, last("unit.renamed").evidence) == (north.pk, {})


def test_another_spelling_of_its_own_name_is_free(story: Story, north: Unit) -> None:
    assert acts.rename_unit(story.operator, north, name="NORTH").name == "NORTH"


def test_only_the_operator(story: Story, north: Unit) -> None:
    with pytest.raises(NotAllowed):
        acts.rename_unit(story.facilitator, north, name="Mine")
    for path in ("edit", "update", "merge"):
        assert story.browser(story.facilitator).post(f"/units/{north.pk}/{path}", {"name": "Mine"}).status_code == 403


def test_the_name_of_another_is_not_free(story: Story, north: Unit) -> None:
    story.unit("South")
    with pytest.raises(NotPossible, match="already a unit of this name"):
        acts.rename_unit(story.operator, north, name="south")
    page = story.browser(story.operator).post(f"/units/{north.pk}/update", {"name": "South"})
    assert page.status_code == 422
    assert "already a unit of this name" in page.content.decode()


def test_one_that_was_merged_keeps_its_name(story: Story, north: Unit) -> None:
    south = story.unit("South")
    assert south
    acts.merge_unit(story.operator, north, into=south)
    with pytest.raises(NotPossible, match="merged into South"):
        acts.rename_unit(story.operator, north, name="West")


@pytest.mark.parametrize("typed", ["Northern depot", "North"])
def test_whoever_is_late_reads_where_it_went_and_keeps_what_they_typed(story: Story, north: Unit, typed: str) -> None:
    south, browser = story.unit("South"), story.browser(story.operator)
    assert south
    acts.merge_unit(story.operator, north, into=south)
    page = browser.post(f"/units/{north.pk}/update", {"name": typed})
    assert page.status_code == 422
    for answer in (page, browser.get(f"/units/{north.pk}/edit")):
        assert "North was merged into South." in answer.content.decode()
        assert f'href="/units/{south.pk}/edit"' in answer.content.decode()
    assert f'<dd dir="auto">{typed}</dd>' in page.content.decode()


def test_a_new_name_is_confirmed(story: Story, north: Unit) -> None:
    page = story.browser(story.operator).post(f"/units/{north.pk}/update", {"name": "West"}, follow=True)
    assert "Saved." in page.content.decode()


def test_the_page_makes_an_act_of_what_changed_only(story: Story, north: Unit) -> None:
    browser, before = story.browser(story.operator), verbs()
    browser.post(f"/units/{north.pk}/update", {"name": "North", "parent": ""})
    assert verbs() == before
    browser.post(f"/units/{north.pk}/update", {"name": "  Northern \n depot", "parent": ""})
    assert verbs() == [*before, "unit.renamed"]
    assert Unit.objects.get(pk=north.pk).name == "Northern depot"
