"""Two people of one name are told apart wherever they are named, and never by their address."""

import pytest

from commonplace.communities import acts, roster
from commonplace.communities.models import Installation, Person
from commonplace.externalizing.models import Exchange
from commonplace.ledger.errors import NotPossible
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


@pytest.mark.parametrize("name", ["jane doe", "Jané Doe", "Ｊane Doe", "Jane\u00a0Doe"])
def test_a_name_is_one_however_it_is_spelled(story: Story, janes: tuple[Person, Person], name: str) -> None:
    assert str(added(story, name, "third@x.org")) == f"{name} (3)"


def test_who_only_spells_their_name_otherwise_keeps_their_number(janes: tuple[Person, Person]) -> None:
    second = acts.edit_profile(janes[1], janes[1], name="jane DOE")
    assert str(second) == "jane DOE (2)"
    assert str(acts.edit_profile(janes[0], janes[0], name="Jané Doe")) == "Jané Doe"


PRETENDING = [
    "Jane Doe (2)", "Jane Doe (bot)", "Jane Doe （2）", "Jane Doe ⑵", "Jane Doe(２)", "Jane Doe (robot)",
    "Jane Doe 【3】",
    "Jane Doe ( 12 ).", "J\u0430ne Doe", "Jane D\u03bfe", "https://evil.example", "Ask www.evil.example",
]  # fmt: skip


@pytest.mark.parametrize("name", PRETENDING)
def test_nobody_types_what_tells_others_apart(story: Story, janes: tuple[Person, Person], name: str) -> None:
    bob = story.member("Bob")
    with pytest.raises(NotPossible):
        acts.edit_profile(bob, bob, name=name)
    with pytest.raises(NotPossible):
        added(story, name, "third@x.org")
    page = story.browser(bob).post("/me/update", {"name": name, "language": "en", "time_zone": "UTC"})
    assert page.status_code == 422
    assert not roster.read(f"{name}\tthird@x.org").people


@pytest.mark.parametrize("name", ["Jane (Jo) Doe", "Jane Doe 2", "Анна-Maria", "Louis XIV", "Jane Doe (2nd)", "R2D2"])
def test_names_that_pretend_nothing_are_names(story: Story, name: str) -> None:
    assert added(story, name, "third@x.org").name == name
