"""Whose session holds, and until when."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import writing
from tests.story import Story

pytestmark = pytest.mark.django_db


def _is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


@pytest.mark.breaks_ledger
def test_who_was_deactivated_is_out_with_the_next_page(story: Story, client: Client) -> None:
    client.force_login(lea := story.member("Lea"))
    assert _is_in(client)
    with writing():
        Person.objects.filter(pk=lea.pk).update(is_active=False)
    assert not _is_in(client)


def test_a_session_ends_when_its_time_is_over(story: Story, client: Client) -> None:
    client.force_login(story.member("Lea"))
    for left, within in ((timedelta(minutes=5), True), (-timedelta(seconds=1), False)):
        Session.objects.update(expire_date=clock.wall() + left)
        assert _is_in(client) is within


def test_a_session_that_never_was_lets_nobody_in(story: Story, client: Client) -> None:
    client.force_login(story.member("Lea"))
    client.cookies["sessionid"] = "x" * 32
    assert not _is_in(client)
