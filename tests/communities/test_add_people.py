"""Many people at once: the pasted list is read, shown, confirmed; links are handed out once."""

import re
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts, roster
from commonplace.communities.models import Installation, Person
from commonplace.communities.policy import is_member
from commonplace.ledger.errors import NotAllowed
from tests.story import Story

LEA, OMAR = ("Lea Moreau", "lea@x.org", "North"), ("Omar", "omar@x.org", "")


def people(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.email, one.unit) for one in roster.read(text)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Lea Moreau, lea@x.org, North\nOmar, omar@x.org",
        "Lea Moreau;lea@x.org;North\n\n  \nOmar;omar@x.org;",
        "Lea Moreau\tLEA@x.org\tNorth\r\nOmar\tomar@x.org",
        "name,email,unit\nLea Moreau,lea@x.org,North\nOmar,omar@x.org,",
        "E-mail;Nom;Service\nlea@x.org;Lea Moreau;North\nomar@x.org;Omar;",
        '"Lea  Moreau", lea@x.org, "North"\nOmar , omar@x.org',
        "Lea Moreau; lea@x.org; North\nOmar, omar@x.org",
    ],
)
def test_lists_are_read_as_people_paste_them(text: str) -> None:
    assert people(text) == [LEA, OMAR]


def test_a_comma_in_a_name_does_no_harm() -> None:
    assert people("Moreau, Lea;lea@x.org;Depot North, hall 2") == [("Moreau, Lea", "lea@x.org", "Depot North, hall 2")]
    assert people('"Moreau, Lea",lea@x.org') == [("Moreau, Lea", "lea@x.org", "")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Lea Moreau", "expected a name"),
        ("lea@x.org", "expected a name"),
        (", lea@x.org", "a name is missing"),
        ("lea@x.org, Lea", "is not an e-mail address"),
        ("x" * 200 + ", lea@x.org", "longer than 120"),
        ("Omar, omar@x.org", "in the list or has an account"),
        ('"', "expected a name"),
        ("Lea, lea@@x.org", "expected a name"),
        ("\x0b\x0b lea@x.org", "expected a name"),
    ],
)
def test_a_line_that_is_not_understood_is_told_by_its_number(line: str, why: str) -> None:
    understood, unread = roster.read(f"Omar, omar@x.org\n\n{line}\nNina, nina@x.org")
    assert [one.name for one in understood] == ["Omar", "Nina"]
    assert unread[0].number == 3
    assert why in unread[0].why


def test_there_is_a_most() -> None:
    understood, unread = roster.read("\n".join(f"P{number}, p{number}@x.org" for number in range(501)))
    assert (len(understood), [line.number for line in unread]) == (500, [501])


def confirm(browser: Any, page: str, **more: str) -> Any:
    ready = re.search(r'name="ready" value="([^"]*)"', page)
    assert ready
    return browser.post("/people/create", {"ready": ready[1], "community": "", **more})


def test_good_lines_are_confirmed_and_bad_ones_stay(story: Story) -> None:
    browser = story.browser(story.operator)
    text = "Lea Moreau, lea@x.org, North\nno address here\nFay, fay.facilitator@example.org"
    shown = browser.post("/people/preview", {"people": text})
    page = shown.content.decode()
    assert shown.status_code == 422
    assert "line 2" in page
    assert "line 3" in page
    assert "no address here\nFay, fay.facilitator@example.org</textarea>" in page
    assert "1 person to add" in page
    assert Person.objects.of_address("lea@x.org") is None, "nobody is added before it is confirmed"
    done = confirm(browser, page, people="no address here").content.decode()
    assert "no address here" in done
    lea = Person.objects.of_address("lea@x.org")
    assert lea
    assert (str(lea.unit), lea.is_operator, lea.has_usable_password()) == ("North", False, False)


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
