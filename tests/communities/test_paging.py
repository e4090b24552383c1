"""Lists are read page by page, on and back, and nobody is lost: not past the end, not with an address made up."""

import html
import re

import pytest
from django.test import Client

from commonplace.communities.models import Person
from commonplace.communities.paging import PAGE, listed
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Topic
from commonplace.externalizing.models.exchange import NEWEST_FIRST
from commonplace.ledger.act import writing
from tests.story import Story

LIST = "/c/pump-crews/exchanges/"


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


def leads(page: str, rel: str) -> str:
    link = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return html.unescape(link[1]) if link else ""


def titles(page: str) -> list[str]:
    return re.findall(r">(Question \d+)</a></h2>", page)


def walked(browser: Client, query: str, rel: str) -> list[list[str]]:
    """The titles on each page from this one on."""
    pages = []
    while query:
        page = browser.get(LIST + query).content.decode()
        pages.append(titles(page))
        query = leads(page, rel)
    return pages


def asked(story: Story, lea: Person, count: int, **how: object) -> list[str]:
    """The newest first."""
    return [story.ask(lea, title=f"Question {number}", **how).title for number in range(count)][::-1]


@pytest.mark.parametrize("count", [PAGE, PAGE + 1, 2 * PAGE, 2 * PAGE + 7])
@pytest.mark.parametrize(
    "query", ["?", "?status=open", "?status=unfinished", "?topic=pumps", "?topic=pumps&status=open"]
)
def test_from_page_to_page_each_is_shown_once(story: Story, lea: Person, query: str, count: int) -> None:
    every = asked(story, lea, count, topics=["pumps"])
    pages = walked(story.browser(lea), query, "next")
    assert [title for page in pages for title in page] == every
    assert all(len(page) == PAGE for page in pages[:-1])


@pytest.mark.parametrize("query", ["?status=open", "?topic=pumps", "?topic=pumps&status=open"])
def test_the_way_back_is_the_way_there(story: Story, lea: Person, query: str) -> None:
    every, browser = asked(story, lea, 2 * PAGE + 7, topics=["pumps"]), story.browser(lea)
    second = leads(browser.get(LIST + query).content.decode(), "next")
    last = leads(browser.get(LIST + second).content.decode(), "next")
    back = walked(browser, last, "prev")
    assert back == [every[2 * PAGE :], every[PAGE : 2 * PAGE], every[:PAGE]]
    page = browser.get(LIST + last).content.decode()
    assert titles(browser.get(LIST + leads(page, "start")).content.decode()) == every[:PAGE]


def test_what_comes_in_meanwhile_moves_nothing_to_the_next_page(story: Story, lea: Person) -> None:
    every, browser = asked(story, lea, PAGE + 3), story.browser(lea)
    older = leads(browser.get(LIST).content.decode(), "next")
    asked(story, lea, 4)
    assert titles(browser.get(LIST + older).content.decode()) == every[PAGE:]


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("made_up", ["0", "zzz", "%00", "'", "\N{SNOWMAN}", "1" * 300, ""])
@pytest.mark.parametrize(
    "address",
    [
        *(LIST, f"{LIST}?topic=pumps", f"{LIST}?topic=pumps&status=open", "/c/pump-crews/practices/"),
        *("/c/pump-crews/topics/", "/c/pump-crews/members", "/c/"),
    ],
)
def test_an_address_that_was_made_up_is_answered(
    story: Story, lea: Person, address: str, name: str, made_up: str
) -> None:
    story.ask(lea, topics=["pumps"])
    assert story.browser(lea).get(f"{address}{'&' if '?' in address else '?'}{name}={made_up}").status_code == 200


def test_past_the_end_the_beginning_is_offered(story: Story, lea: Person) -> None:
    story.ask(lea)
    page = story.browser(lea).get(f"{LIST}?before=0").content.decode()
    assert "Nothing here." in page or leads(page, "start") == "?status=&topic="


def test_a_row_that_is_gone_from_a_list_of_names_begins_it_anew(story: Story, lea: Person) -> None:
    story.ask(lea, topics=["pumps", "valves"])
    topics = Topic.objects.visible_to(lea)
    gone = listed(topics, {"before": "nobody"}, by=("name", "pk"))
    assert [topic.name for topic in gone] == ["pumps", "valves"]


@pytest.mark.breaks_ledger
def test_names_that_are_alike_are_told_apart_by_their_ids(story: Story) -> None:
    with writing():
        people = [Person.objects.create(name="Ann", password="!") for _ in range(7)]
    rows, seen, page = (
        Person.objects.filter(name="Ann"),
        [],
        listed(Person.objects.filter(name="Ann"), {}, 2, ("name", "pk")),
    )
    seen += page
    while page.older:
        page = listed(rows, {"before": page.older}, 2, ("name", "pk"))
        seen += page
    assert seen == sorted(people, key=lambda person: person.pk)


def test_a_topic_of_many_names_is_one_list(story: Story, lea: Person) -> None:
    for number in range(PAGE + 5):
        story.ask(lea, title=f"Question {number}", topics=[f"name {number % 4}"])
    names = [Topic.objects.visible_to(lea).get(name=f"name {number}") for number in range(4)]
    for name in names[1:]:
        acts.merge_topic(story.facilitator, name, into=names[0])
    first, second = walked(story.browser(lea), "?topic=name 3", "next")
    assert [*first, *second] == [f"Question {number}" for number in reversed(range(PAGE + 5))]


def test_what_is_rare_in_a_topic_is_sought_in_the_newest_of_it_and_further_on_demand(
    story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commonplace.externalizing.shelf.WALK", 4)
    rare = story.ask(lea, title="Question 99", topics=["pumps"])
    story.respond(story.facilitator, rare)
    asked(story, lea, 6, topics=["pumps"])
    first, second = walked(story.browser(lea), "?topic=pumps&status=answered", "next")
    assert (first, second) == ([], ["Question 99"])


def test_the_order_of_ids_is_the_order_of_lists(story: Story, lea: Person) -> None:
    every = asked(story, lea, 3)
    rows = Exchange.objects.visible_to(lea).here(story.community).for_list()
    assert [row.title for row in listed(rows, {}, by=NEWEST_FIRST)] == every
