"""The header of every page: one's communities, where one asks, and nothing that one may not."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities.models import Community, Person, RoleKind
from commonplace.ledger import clock
from tests.story import Story

FORM = "/c/pump-crews/exchanges/new"


def header(client: Client, address: str = "/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().split("<header>")[1].split("</header>")[0]


def strip(client: Client, address: str = "/") -> list[str]:
    """Slugs, in their order."""
    nav = header(client, address).split('<nav aria-label="Your communities">')[1].split("</nav>")[0]
    return re.findall(r'href="/c/([\w-]+)/"', nav)


def asks_at(client: Client, address: str = "/") -> str:
    link = re.search(r'<a class="btn ask" href="([^"]*)"', header(client, address))
    return link[1] if link else ""


def many(story: Story, n: int) -> Client:
    """Somebody who belongs to so many communities."""
    lea = story.member("Lea")
    for number in range(n):
        story.invited(lea, story.found(f"circle-{number}", f"Circle {number}", by=story.facilitator))
    return story.browser(lea)


def test_one_s_communities_stand_in_it_by_title_and_the_one_of_the_page_is_marked(story: Story) -> None:
    lea = many(story, 1)
    assert strip(lea) == ["circle-0", "pump-crews"]
    assert "aria-current" not in header(lea)
    marked = re.search(r'href="/c/([\w-]+)/"[^>]*aria-current="true"', header(lea, "/c/circle-0/exchanges/"))
    assert marked
    assert marked[1] == "circle-0"


def test_of_many_those_visited_last_are_there_and_the_rest_behind_all(story: Story) -> None:
    lea = many(story, 8)
    assert strip(lea) == [f"circle-{n}" for n in range(5)]
    for slug in ("circle-7", "pump-crews"):
        lea.get(f"/c/{slug}/exchanges/")
    assert strip(lea) == ["circle-0", "circle-1", "circle-2", "circle-7", "pump-crews"]
    assert 'href="/c/"' in header(lea)
    assert strip(lea, "/c/circle-6/")[-2:] == ["circle-7", "pump-crews"]
    assert "circle-6" in strip(lea, "/c/circle-6/")


def test_the_one_that_is_read_by_a_guest_is_there_while_they_are(story: Story) -> None:
    nina = story.browser(story.person("Nina"))
    assert strip(nina) == []
    assert strip(nina, "/c/pump-crews/") == ["pump-crews"]
    assert strip(nina) == [], "a guest's visit is no mark"


def test_who_belongs_to_one_asks_there_at_once(story: Story) -> None:
    lea = story.browser(story.member("Lea"))
    assert asks_at(lea) == FORM
    assert lea.get("/ask?kind=story")["Location"] == f"{FORM}?kind=story"


def test_who_belongs_to_several_asks_where_they_are_or_chooses_the_last_visited_first(story: Story) -> None:
    lea = many(story, 2)
    assert asks_at(lea) == "/ask"
    assert asks_at(lea, "/c/circle-1/") == "/c/circle-1/exchanges/new"
    ways = re.findall(r'class="btn" href="([^"]*)"', lea.get("/ask?title=Why").content.decode())
    assert ways == [f"/c/{slug}/exchanges/new?title=Why" for slug in ("circle-1", "circle-0", "pump-crews")]


def test_nobody_is_offered_to_ask_where_they_may_not(story: Story) -> None:
    sponsor = story.browser(story.serving("Sam", RoleKind.SPONSOR))
    nina = story.browser(story.person("Nina"))
    for client in (sponsor, nina):
        assert asks_at(client) == ""
        assert asks_at(client, "/c/pump-crews/") == ""
        assert "Whoever belongs to a community can ask there" in client.get("/ask").content.decode()
    assert strip(sponsor) == ["pump-crews"]


def test_only_the_operator_has_a_way_to_the_installation(story: Story) -> None:
    assert 'href="/operator/"' in header(story.browser(story.operator))
    assert 'href="/operator/"' not in header(story.browser(story.facilitator))


@pytest.mark.parametrize(("address", "within"), [("/", False), ("/c/pump-crews/practices/", True)])
def test_what_is_sought_from_a_page_of_a_community_is_sought_there(story: Story, address: str, within: bool) -> None:
    assert ('name="in" value="pump-crews" checked' in header(story.browser(story.member("Lea")), address)) is within


def test_it_costs_no_statement(story: Story, django_assert_num_queries: Callable[..., Any]) -> None:
    """Beside the session, the person, the footings, the notices and what a page of the person's own reads."""
    client = many(story, 6)
    client.get("/keys")
    with django_assert_num_queries(4):
        client.get("/keys")


def test_whoever_signs_out_leaves_no_name_of_a_place_in_the_browser(story: Story) -> None:
    lea = story.member("Lea")
    client = story.browser(lea)
    client.get("/c/pump-crews/")
    assert "pump-crews" in client.cookies["places"].value
    client.post("/account/logout/")
    assert not client.cookies["places"].value


def fresh(client: Client, address: str = "/keys") -> list[str]:
    """Slugs of those in which something is new, as the header says; "" for those that it does not show."""
    links = re.findall(r'<a href="/c/([\w-]*)/?"[^>]*class="fresh"[^>]*>(.*?)</a>', header(client, address), re.S)
    assert all("something is new there" in words for _slug, words in links)
    return [slug for slug, _words in links]


def test_a_community_is_marked_where_others_did_something_since_one_looked(story: Story, now: datetime) -> None:
    lea, omar = many(story, 1), story.member("Omar")
    story.ask(omar)
    assert fresh(lea) == [], "on a first visit all is new"
    lea.get("/")
    with clock.at(now + timedelta(days=1)):
        story.ask(omar)
        story.ask(story.facilitator, of=Community.objects.everywhere("test").get(slug="circle-0"))
    with clock.at(now + timedelta(days=2)):
        assert fresh(lea) == ["circle-0", "pump-crews"]
        assert fresh(lea, "/c/pump-crews/exchanges/") == ["circle-0"], "one is there"
        assert fresh(lea) == ["circle-0"]
        assert lea.get("/c/").content.decode().split("<main")[1].count("something is new there") == 1
        story.ask(Person.objects.get(name="Lea"), of=Community.objects.everywhere("test").get(slug="circle-0"))
    with clock.at(now + timedelta(days=3)):
        lea.get("/c/circle-0/")
        assert fresh(lea) == [], "one's own is no news"


def test_what_is_written_down_and_used_is_news_too(story: Story, now: datetime) -> None:
    lea = story.browser(story.member("Lea"))
    lea.get("/")
    with clock.at(now + timedelta(days=1)):
        practice = story.bring(story.facilitator)
    with clock.at(now + timedelta(days=2)):
        assert fresh(lea) == ["pump-crews"]
        lea.get("/c/pump-crews/")
    with clock.at(now + timedelta(days=3)):
        story.apply(story.facilitator, practice)
    with clock.at(now + timedelta(days=4)):
        assert fresh(lea) == ["pump-crews"]


def test_who_may_not_read_is_not_told_that_something_is_new(story: Story, now: datetime) -> None:
    sponsor = story.browser(story.serving("Sam", RoleKind.SPONSOR))
    sponsor.get("/")
    with clock.at(now + timedelta(days=1)):
        story.ask(story.facilitator)
    with clock.at(now + timedelta(days=2)):
        assert fresh(sponsor) == []


def test_of_many_all_says_that_something_is_new_in_those_that_are_not_shown(story: Story, now: datetime) -> None:
    lea = many(story, 8)
    lea.get("/")
    with clock.at(now + timedelta(days=1)):
        story.ask(story.facilitator, of=Community.objects.everywhere("test").get(slug="circle-7"))
    with clock.at(now + timedelta(days=2)):
        assert "circle-7" not in strip(lea)
        assert fresh(lea) == [""]


def test_another_at_the_same_browser_has_visits_of_their_own(story: Story) -> None:
    client, omar = many(story, 8), story.member("Omar")
    client.get("/c/circle-7/")
    for number in range(8):
        story.invited(omar, story.found(f"ring-{number}", f"Ring {number}", by=story.facilitator))
    story.invited(omar, Community.objects.everywhere("test").get(slug="circle-7"))
    client.force_login(omar)
    assert strip(client) == ["circle-7", "pump-crews", "ring-0", "ring-1", "ring-2"], "by title alone"
    client.get("/c/ring-7/")
    client.get("/c/ring-6/")
    assert strip(client) == ["circle-7", "pump-crews", "ring-0", "ring-6", "ring-7"]
