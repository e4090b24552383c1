"""The operator adds people: one by one as an act, many at once from a pasted list; links are handed out once."""

import re
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person, Unit
from commonplace.communities.policy import is_member
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import last, verbs
from tests.story import Story


def confirm(browser: Any, page: str, **more: str) -> Any:
    ready = re.search(r'name="ready" value="([^"]*)"', page)
    assert ready
    return browser.post("/people/create", {"ready": ready[1], "community": "", **more})


def test_an_account_without_a_password(story: Story) -> None:
    lea = acts.add_person(story.operator, Installation.current(), person=Person(name="Lea", email="Lea@x.org"))
    assert (lea.email, lea.has_usable_password()) == ("lea@x.org", False)
    assert (last("person.added").actor, last("person.added").object) == (story.operator.pk, lea.pk)


def test_only_the_operator_adds_people(story: Story) -> None:
    browser = story.browser(story.facilitator)
    for path in ("/people/preview", "/people/create"):
        assert browser.post(path, {"people": "Lea, lea@x.org", "ready": "Lea, lea@x.org"}).status_code == 403
    with pytest.raises(NotAllowed):
        acts.add_person(story.facilitator, Installation.current(), person=Person(name="Lea", email="lea@x.org"))
    assert Person.objects.of_address("lea@x.org") is None


def test_nobody_is_added_as_operator(story: Story) -> None:
    eve = Person(name="Eve", email="eve@x.org", is_operator=True)
    assert not acts.add_person(story.operator, Installation.current(), person=eve).is_operator


@pytest.mark.parametrize(
    ("email", "says"), [("NINA@example.org", "already has the address"), (None, "needs an e-mail address")]
)
def test_an_account_has_an_address_of_its_own(story: Story, nina: Person, email: str | None, says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        acts.add_person(story.operator, Installation.current(), person=Person(name="Another", email=email))


def test_nobody_is_added_twice(story: Story, nina: Person) -> None:
    with pytest.raises(NotPossible, match="already has the address"):
        acts.add_person(story.operator, Installation.current(), person=nina)


def test_nobody_is_put_into_a_unit_that_was_merged(story: Story) -> None:
    north, south = story.unit("North"), story.unit("South")
    assert north
    assert south
    lea = Person(name="Lea", email="lea@x.org", unit=north)
    acts.merge_unit(story.operator, north, into=south)
    with pytest.raises(NotPossible, match="merged into South"):
        acts.add_person(story.operator, Installation.current(), person=lea)


def test_good_lines_are_confirmed_and_bad_ones_stay(story: Story) -> None:
    browser = story.browser(story.operator)
    text = "Lea Moreau, lea@x.org, North\nno address here\nFay, fay.facilitator@example.org"
    shown = browser.post("/people/preview", {"people": text})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "line 2" in page
    assert "1 person has an account already" in page
    assert f"{text}</textarea>" in page, "everything typed is still there"
    assert "no address here</small>" in page
    assert "1 person to add" in page
    assert Person.objects.of_address("lea@x.org") is None, "nobody is added before it is confirmed"
    done = confirm(browser, page, people=text + "\nLate, late@x.org").content.decode()
    assert "\nno address here\nFay, fay.facilitator@example.org\nLate, late@x.org</textarea>" in done
    assert not Person.objects.of_address("late@x.org"), "nobody comes unseen"
    lea = Person.objects.of_address("lea@x.org")
    assert lea
    assert (str(lea.unit), lea.is_operator, lea.has_usable_password()) == ("North", False, False)


def test_units_are_matched_by_name_and_new_ones_are_told_before(story: Story) -> None:
    north, browser = story.unit("North"), story.browser(story.operator)
    listed = "Lea, lea@x.org, NORTH\nOmar, omar@x.org, Hall 2\nAnn, ann@x.org, hall 2"
    page = browser.post("/people/preview", {"people": listed}).content.decode()
    assert "<b>Hall 2</b>" in page
    assert not Unit.objects.of_name("Hall 2"), "nothing is named before it is confirmed"
    confirm(browser, page)
    units = [str(Person.objects.get(email=f"{name}@x.org").unit) for name in ("lea", "omar", "ann")]
    assert units == ["North", "Hall 2", "Hall 2"]
    assert Person.objects.get(email="lea@x.org").unit == north
    assert verbs().count("unit.named") == 2
    assert last("unit.named").actor == story.operator.pk


def test_a_list_that_names_no_new_unit_does_not_speak_of_any(story: Story) -> None:
    story.unit("North")
    page = story.browser(story.operator).post("/people/preview", {"people": "Lea, lea@x.org, north\nO, o@x.org"})
    assert "will be named" not in page.content.decode()


def test_what_is_not_taken_is_named(story: Story) -> None:
    """A column of the list that nobody asked for, and the zone that was."""
    browser = story.browser(story.operator)
    text = "Name;Phone;E-Mail;Time zone\nLea;12;lea@x.org;Europe/Madrid"
    page = browser.post("/people/preview", {"people": text}).content.decode()
    assert '<li dir="auto">Phone</li>' in page
    confirm(browser, page)
    assert Person.objects.get(email="lea@x.org").time_zone == "Europe/Madrid"


def test_each_gets_a_link_that_is_shown_once_and_works(story: Story) -> None:
    browser = story.browser(story.operator)
    page = browser.post("/people/preview", {"people": "Lea, lea@x.org"}).content.decode()
    done = confirm(browser, page).content.decode()
    link = re.search(r"http://testserver(/sign-in/[^<]+)", done)
    assert link
    assert "/sign-in/" not in browser.get("/people/?q=lea").content.decode()
    guest = Client()
    guest.post(link[1])
    assert "Lea" in guest.get("/me/").content.decode()
    again = confirm(browser, page)
    assert again.status_code == 422
    assert "Nobody was added" in again.content.decode()


def test_people_are_put_into_a_community_that_the_operator_facilitates(story: Story) -> None:
    mine = story.found("office", "Office", by=story.operator)
    browser = story.browser(story.operator)
    shown = browser.post("/people/preview", {"people": "Lea, lea@x.org", "community": mine.pk})
    assert f'value="{mine.pk}" selected' in shown.content.decode()
    confirm(browser, shown.content.decode(), community=mine.pk)
    assert is_member(Person.objects.of_address("lea@x.org"), mine)
    other = browser.post("/people/preview", {"people": "Omar, omar@x.org", "community": story.community.pk})
    assert other.status_code == 422
    assert "Omar, omar@x.org" in other.content.decode(), "what was typed stays"


def test_who_pastes_addresses_alone_is_told_once_how_a_name_is_typed(story: Story) -> None:
    browser, how = story.browser(story.operator), "Jane Doe &lt;jane@example.org&gt;"
    page = browser.post("/people/preview", {"people": "lea@x.org, omar@x.org"}).content.decode()
    assert page.count("the name is missing") == 2
    assert page.count(how) == 1
    assert how not in browser.post("/people/preview", {"people": "Lea, lea@x.org\nOmar"}).content.decode()


def test_sent_again_it_shows_the_same_page(story: Story) -> None:
    """Loaded again, or pressed twice: the links are there still, whoever was refused among them."""
    unseen = story.person("Sven")
    browser, before = story.browser(story.operator), verbs().count("person.added")
    listed = f"Lea, lea@x.org, North\nSven, {unseen.email}\nOmar, omar@x.org, North"
    shown = browser.post("/people/preview", {"people": listed}).content.decode()
    mark = re.search(r'name="once" value="(\w+)"', shown)
    assert mark
    first, again = [confirm(browser, shown, people=listed, once=mark[1]) for _ in range(2)]
    links = re.findall(r"/sign-in/[^<]+", first.content.decode())
    assert len(links) == 2
    assert re.findall(r"/sign-in/[^<]+", again.content.decode()) == links
    assert (first.status_code, again.status_code) == (200, 200)
    assert typed_in(again) == typed_in(first) == f"Sven, {unseen.email}"
    assert verbs().count("person.added") == before + 2
    guest = Client()
    guest.post(links[1])
    assert "Omar" in guest.get("/me/").content.decode()


def typed_in(page: Any) -> str:
    match = re.search(r'<textarea[^>]*name="people"[^>]*>(.*?)</textarea>', page.content.decode(), re.DOTALL)
    assert match
    return match[1].strip()


def test_the_community_is_chosen_above_the_button_and_the_only_one_is(story: Story) -> None:
    mine = story.found("office", "Office", by=story.operator)
    browser = story.browser(story.operator)
    assert f'value="{mine.pk}" selected' in browser.get("/people/new").content.decode()
    page = browser.post("/people/preview", {"people": "Lea, lea@x.org", "community": mine.pk}).content.decode()
    assert page.count('name="community"') == 1
    assert page.index('name="community"') < page.index('formaction="/people/create"')
    assert f'value="{mine.pk}" selected' in page


def test_who_comes_from_a_community_adds_to_it(story: Story) -> None:
    story.found("office", "Office", by=story.operator)
    yard = story.found("yard", "Yard", by=story.operator)
    browser = story.browser(story.operator)
    assert "selected" not in browser.get("/people/new").content.decode().replace('value="" selected', "")
    assert "/people/new?community=yard" in browser.get("/c/yard/invitations").content.decode()
    assert f'value="{yard.pk}" selected' in browser.get("/people/new?community=yard").content.decode()


def test_who_has_an_account_is_put_into_the_community(story: Story) -> None:
    """Added to none at first; the list pasted once more puts them where they were meant to be."""
    mine = story.found("office", "Office", by=story.operator)
    browser = story.browser(story.operator)
    listed = "Lea, lea@x.org\nFay, fay.facilitator@example.org"
    confirm(browser, browser.post("/people/preview", {"people": "Lea, lea@x.org"}).content.decode())
    Person.objects.filter(pk=story.facilitator.pk).update(last_login=story.facilitator.created_at)
    shown = browser.post("/people/preview", {"people": listed, "community": mine.pk})
    assert shown.status_code == 200
    assert "2 people have an account already" in shown.content.decode()
    none = confirm(browser, shown.content.decode(), people=listed).content.decode()
    assert "Lea has an account already: choose a community" in none
    done = confirm(browser, shown.content.decode(), people=listed, community=mine.pk).content.decode()
    assert is_member(Person.objects.of_address("lea@x.org"), mine)
    assert "Put into Office:" in done
    assert "/sign-in/" not in done
    assert "is here already: send an invitation instead" in done
    assert "/c/office/invitations" in done
    assert not is_member(story.facilitator, mine)
    again = confirm(browser, shown.content.decode(), people=listed, community=mine.pk).content.decode()
    assert "Lea is already a member." in again
