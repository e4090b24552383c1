"""Lists and pages cost the same however much there is."""

from typing import Any

import pytest

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from tests.story import Story


@pytest.mark.parametrize("rows", [3, 20])
def test_the_lists(story: Story, lea: Person, rows: int, django_assert_max_num_queries: Any) -> None:
    for number in range(rows):
        exchange = story.ask(lea, title=f"Question {number}", topics=[f"Topic {number}", "Pumps"])
        story.respond(story.facilitator, exchange)
        acts.alias_topic(story.facilitator, exchange.topics[-1], name=f"Thema {number}")
    browser = story.browser(lea)
    for address in ("exchanges/", "exchanges/?topic=pumps&status=answered", "topics/", "topics/?q=thema"):
        with django_assert_max_num_queries(14):
            assert browser.get(f"/c/pump-crews/{address}").status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_an_exchange(story: Story, lea: Person, rows: int, django_assert_max_num_queries: Any) -> None:
    exchange = story.ask(lea, topics=["Pumps", "Valves", "Night shift"][: rows + 1])
    for number in range(rows):
        story.respond(story.member(f"Helper {number}"), exchange)
    browser = story.browser(lea)
    with django_assert_max_num_queries(16):
        assert browser.get(exchange.get_absolute_url()).status_code == 200


def test_the_list_counts_all_responses_of_each(story: Story, lea: Person) -> None:
    story.ask(lea, title="None")
    twice = story.ask(lea, title="Two", topics=["Pumps", "Valves"])
    for _ in range(2):
        story.respond(story.facilitator, twice)
    page = " ".join(story.browser(lea).get("/c/pump-crews/exchanges/").content.decode().split())
    assert "2 responses" in page
    assert "0 responses" not in page, "that it waits says so already"


def test_a_later_page_says_what_was_asked_in_words(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, title="Speed", body="Is it $v = \\sqrt{2gh}$?\n\n- yes\n- no[^1]\n\n[^1]: slow")
    pk = story.respond(story.facilitator, exchange).pk
    page = story.browser(lea).get(f"{exchange.get_absolute_url()}?before={pk}").content.decode()
    assert "Is it v = \\sqrt{2gh}? yes no[1] slow\n" in page


def test_each_filter_says_how_many_it_leads_to_and_none_leads_to_nothing(story: Story, lea: Person) -> None:
    omar = story.member("Omar")
    story.ask(lea, topics=("seals",))
    story.resolved(lea, omar)
    for address, every in (("", 2), ("?topic=seals", 1)):
        page = story.browser(omar).get(f"/c/pump-crews/exchanges/{address}").content.decode()
        assert f'aria-current="page">All <small>{every}</small>' in page
        assert 'id="show-open"' in page
        assert ('id="show-resolved"' in page) is (every == 2)
        assert 'id="show-unresolved"' not in page
        assert "archived" not in page
    chosen = story.browser(omar).get("/c/pump-crews/exchanges/?status=unresolved").content.decode()
    assert 'aria-current="page">Closed without a solution <small>0</small>' in chosen
