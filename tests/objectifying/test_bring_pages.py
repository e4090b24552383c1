"""Bringing in, backing and taking over in the browser: what is said beforehand, and nothing that was typed is lost."""

import re

import pytest

from commonplace.communities.models import Visibility
from commonplace.objectifying.models import Practice
from tests.objectifying.conftest import Crew
from tests.objectifying.test_bring import taken_over, theirs
from tests.objectifying.test_pages import HERE, PARTS, shown

WHENCE = {"source_kind": "handbook", "authority": "imposed", "source": "Works handbook 4.2"}


def test_a_member_brings_a_procedure_in_and_another_says_that_it_is_in_use(crew: Crew) -> None:
    lea, omar = crew.story.browser(crew.lea), crew.story.browser(crew.omar)
    assert "Bring in what is in force already" in shown(lea, HERE)
    typed = {"title": "Priming a pump", **PARTS, **WHENCE, "since_on": "2021-03-03", "topics": "pumps"}
    page = lea.post(f"{HERE}bring/create", typed, follow=True).content.decode()
    assert "In force already; not agreed on here" in page
    assert "Works handbook 4.2" in page
    assert "I know that it is in use" not in page
    practice = Practice.objects.everywhere("test").get()
    at = practice.get_absolute_url()
    assert "I know that it is in use" in shown(omar, at)
    backed = omar.post(f"{HERE}{practice.pk}/back", follow=True).content.decode()
    assert "In use, as others say" in backed
    assert "Propose version 1" in backed
    assert "imposed" in shown(omar, f"{HERE}?status=brought")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"since_on": "2021-03-03"}, "Before it can be proposed: 1 reported use"),
        ({"since_on": "2021-03-03"}, "1 more member who says that it is in use"),
        ({}, "2 more members who say that it is in use"),
        ({"why": "", "limits": ""}, "Before it can be proposed: all of when, how, why and limits · 1 reported use"),
    ],
)
def test_once_it_is_in_what_is_missing_is_said_as_it_is(crew: Crew, typed: dict[str, str], says: str) -> None:
    sent = {"title": "Priming a pump", **PARTS, **WHENCE, **typed}
    page = crew.story.browser(crew.lea).post(f"{HERE}bring/create", sent, follow=True)
    told_first = " ".join(re.findall(r'role="status".*?</', page.content.decode(), re.DOTALL)[0].split())
    assert "It is here." in told_first
    assert says in told_first


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": ""}, "required"),
        ({"link": "handbook"}, "whole address"),
        ({"since_on": "2101-01-01"}, "began by today"),
        ({"since_on": "once"}, "date"),
        (dict.fromkeys(PARTS, ""), "at least one"),
        ({"authority": ""}, "required"),
    ],
)
def test_what_was_typed_is_still_there(crew: Crew, wrong: dict[str, str], says: str) -> None:
    typed = {"title": "Priming a pump", **PARTS, **WHENCE, "owner": "Maintenance", **wrong}
    answer = crew.story.browser(crew.lea).post(f"{HERE}bring/create", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert "Maintenance" in page
    assert "Works handbook 4.2" in page


def test_refused_here_its_page_says_when(crew: Crew) -> None:
    practice = crew.refused(crew.backed())
    assert "Not agreed to here on" in shown(crew.story.browser(crew.ines), practice.get_absolute_url())


def test_a_reader_takes_it_over_into_their_own_community(crew: Crew) -> None:
    original = theirs(crew)
    lea = crew.story.browser(crew.lea)
    assert "Take it over into another community" in shown(lea, original.get_absolute_url())
    assert f"bring?from={original.pk}" in shown(lea, f"/c/night-shift/practices/{original.pk}/take")
    form = shown(lea, f"{HERE}bring?from={original.pk}")
    assert original.newest_version.how in form
    typed = {"title": original.title, **PARTS, "authority": "habit", "original": original.pk, "number": "1"}
    page = lea.post(f"{HERE}bring/create", typed, follow=True).content.decode()
    assert "taken over from version 1" in page
    assert "took over version 1 of this one" in shown(lea, original.get_absolute_url())
    mine = Practice.objects.everywhere("test").get(community=crew.community)
    assert "<del>" in shown(lea, f"{HERE}{mine.pk}/beside/{original.pk}")
    assert "taken over already" in shown(lea, f"/c/night-shift/practices/{original.pk}/take")


def test_of_a_closed_community_the_family_shows_only_to_who_may_read_both(crew: Crew) -> None:
    original = theirs(crew, Visibility.CLOSED)
    crew.story.invited(crew.lea, original.community)
    mine = taken_over(crew, original)
    beside = f"{HERE}{mine.pk}/beside/{original.pk}"
    assert original.community.title in shown(crew.story.browser(crew.lea), mine.get_absolute_url())
    assert crew.story.browser(crew.lea).get(beside).status_code == 200
    assert original.community.title not in shown(crew.story.browser(crew.omar), mine.get_absolute_url())
    assert crew.story.browser(crew.omar).get(beside).status_code == 404
