"""A printed sign-in link lets in again and again: only in an example, only on this machine, only as it was signed."""

from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Person
from commonplace.demo import doors
from commonplace.demo.deeds.people import address_of
from commonplace.demo.told.people import ToldDoor
from tests.story import Story

HERE = {"host": "127.0.0.1:8000"}


@pytest.fixture
def lea(story: Story) -> Person:
    person = story.member("Lea")
    Person.objects.filter(pk=person.pk).update(email=address_of("lea"))
    return person


@pytest.fixture
def path(lea: Person) -> str:
    [(who, name, path)] = doors.links([ToldDoor("a member", "lea")])
    assert (who, name) == ("a member", "Lea")
    return path


@pytest.fixture
def example(settings: Any) -> None:
    settings.DEMO = True


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.usefixtures("example")
def test_it_lets_in_again_and_again(lea: Person, path: str) -> None:
    for _ in range(2):
        client = Client(headers=HERE)
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
        assert signed_in(client) == lea.pk
        assert client.get("/").status_code == 200


def test_it_is_not_there_outside_an_example(path: str) -> None:
    client = Client(headers=HERE)
    assert client.get(path).status_code == 404
    assert signed_in(client) is None


@pytest.mark.usefixtures("example")
@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"host": "testserver"}, "127.0.0.1"),
        (HERE, "192.0.2.7"),
        (HERE | {"x-forwarded-for": "192.0.2.7"}, "127.0.0.1"),
    ],
    ids=["another name", "another machine", "through a proxy"],
)
def test_it_is_not_there_from_elsewhere(path: str, headers: dict[str, str], address: str) -> None:
    client = Client(headers=headers, REMOTE_ADDR=address)
    assert client.get(path).status_code == 404
    assert signed_in(client) is None


@pytest.mark.usefixtures("example")
def test_a_link_that_was_not_signed_here_leads_nowhere(story: Story, lea: Person, path: str) -> None:
    client = Client(headers=HERE)
    forged = path.replace(lea.pk, story.operator.pk)
    for wrong in (forged, f"/demo/{lea.pk}/", "/demo/x/"):
        assert client.get(wrong).status_code == 404
    assert signed_in(client) is None


@pytest.mark.usefixtures("example")
def test_who_may_no_longer_come_in_is_not_let_in(lea: Person, path: str) -> None:
    Person.objects.filter(pk=lea.pk).update(is_active=False)
    assert Client(headers=HERE).get(path).status_code == 404
