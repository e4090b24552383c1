"""Two people of one name are told apart wherever they are named, and never by their address."""

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person
from commonplace.externalizing.models import Exchange
from tests.story import Story


def added(story: Story, name: str, email: str) -> Person:
    return acts.add_person(story.operator, Installation.current(), person=Person(name=name, email=email))


@pytest.fixture
def janes(story: Story) -> tuple[Person, Person]:
    first, second = (added(story, "Jane Doe", f"{who}@x.org") for who in ("first", "second"))
    for one in (first, second):
        acts.join(one, story.community)
    return first, second


def test_the_second_of_a_name_bears_a_number(story: Story, janes: tuple[Person, Person]) -> None:
    assert [str(one) for one in janes] == ["Jane Doe", "Jane Doe (2)"]
    assert str(added(story, "Jane Doe", "third@x.org")) == "Jane Doe (3)"
    assert str(added(story, "Janet Doe", "other@x.org")) == "Janet Doe"


def test_it_stands_wherever_they_are_named(story: Story, janes: tuple[Person, Person]) -> None:
    for one in janes:
        story.ask(one, f"From {one.pk}")
    reader = story.browser(story.member("Lea"))
    slug = story.community.slug
    exchange = Exchange.objects.everywhere("test").get(opener=janes[1])
    for path in (f"/c/{slug}/members", f"/c/{slug}/exchanges/", exchange.get_absolute_url(), "/"):
        page = reader.get(path).content.decode()
        assert "Jane Doe (2)" in page, path
        assert "second@x.org" not in page, path


def test_it_goes_with_the_name(janes: tuple[Person, Person]) -> None:
    first, second = janes
    assert str(acts.edit_profile(second, second, language="fr")) == "Jane Doe (2)"
    assert str(acts.edit_profile(second, second, name="Jane Q. Doe")) == "Jane Q. Doe"
    assert str(acts.edit_profile(first, first, name="Jane Doe")) == "Jane Doe"
    assert str(acts.edit_profile(second, second, name="Jane Doe")) == "Jane Doe (2)"


def test_who_chooses_from_a_list_of_people_tells_them_apart(story: Story, janes: tuple[Person, Person]) -> None:
    page = story.browser(story.facilitator).get(f"/c/{story.community.slug}/roles").content.decode()
    assert ">Jane Doe (2)</option>" in page
