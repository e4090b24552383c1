"""The search page: any text is a question, and what nobody has written is worth asking."""

from collections.abc import Callable
from typing import Any

import pytest

from commonplace.communities.models import RoleKind
from tests.story import Story


def page(story: Story, person: Any, **asked: str) -> str:
    response = story.browser(person).get("/search", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_a_word_is_found_and_marked(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea, "Restarting pump 4", body="It lost its prime again.")
    shown = page(story, lea, q="prime")
    assert "1 found" in shown
    assert "<mark>prime</mark>" in shown


def test_what_nobody_has_written_can_be_asked_with_the_same_words(story: Story) -> None:
    shown = page(story, story.member("Lea"), q="zebra crossing")
    assert "Nothing is written about this where you may read." in shown
    assert "/c/pump-crews/exchanges/new?title=zebra%20crossing" in shown


def test_another_communitys_words_are_not_found(story: Story) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    story.ask(story.member("Ada", of=closed), "Secret reagent", of=closed)
    assert "Nothing is written" in page(story, story.member("Lea"), q="reagent")


TYPED = [
    '"',
    "'; DROP TABLE",
    "a AND NOT NEAR(",
    "*",
    "-",
    "\x00",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    " ",
    "%",
    "x" * 5000,
]


@pytest.mark.parametrize("typed", TYPED)
def test_any_text_is_a_question(story: Story, typed: str) -> None:
    page(story, story.member("Lea"), q=typed, page=typed[:50], kind=typed[:50], **{"in": typed[:50]})


def test_htmx_goes_back_to_a_whole_page(story: Story) -> None:
    again = {"hx-request": "true", "hx-history-restore-request": "true"}
    response = story.browser(story.member("Lea")).get("/search", {"q": "pump"}, headers=again)
    assert b"<html" in response.content


def test_only_of_an_answer_that_helped_is_said_that_it_did(story: Story) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea, "Restarting pump 4")
    story.respond(omar, exchange, body="Try the quokka.")
    story.confirm(lea, story.respond(omar, exchange, body="Bleed the numbat."))
    helped = "it helped ·"
    assert helped not in page(story, lea, q="quokka")
    assert helped in page(story, lea, q="numbat")
    assert helped in page(story, lea, q="restarting")


def test_htmx_gets_the_list_alone(story: Story) -> None:
    lea = story.member("Lea")
    story.ask(lea, "Restarting pump 4")
    response = story.browser(lea).get("/search", {"q": "pump"}, headers={"hx-request": "true"})
    assert b"<html" not in response.content
    assert b"1 found" in response.content


def test_queries_do_not_grow_with_rows(story: Story, django_assert_max_num_queries: Callable[..., Any]) -> None:
    lea = story.member("Lea")
    for number in range(30):
        story.ask(lea, f"Pump {number}")
    client = story.browser(lea)
    with django_assert_max_num_queries(13):
        assert "30 found" in client.get("/search", {"q": "pump"}).content.decode()


def test_from_a_community_s_page_it_is_sought_there_and_says_so(story: Story) -> None:
    lea = story.member("Lea")
    other = story.found("other", "Other circle", by=story.facilitator)
    story.ask(lea, "Restarting pump 4")
    story.ask(story.member("Ada", of=other), "Restarting pump 9", of=other)
    shown = page(story, lea, q="restarting", **{"in": "pump-crews"})
    assert "1 found" in shown
    assert "only in Pump crews" in shown
    assert '<a href="?q=restarting">Search everywhere</a>' in shown
    assert "2 found" in page(story, lea, q="restarting")


def test_a_sponsor_is_told_that_it_is_not_for_them_and_what_is(story: Story) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    story.ask(story.member("Ada", of=closed), "Secret reagent", of=closed)
    sponsor = story.serving("Sam", RoleKind.SPONSOR, of=closed)
    for words in ("reagent", "zebra"):
        shown = page(story, sponsor, q=words)
        assert "What people write is not for sponsors" in shown
        assert "Nothing is written" not in shown.split('href="/c/lab/objectives/"')[0]
        assert "Secret" not in shown
    assert 'href="/c/lab/cycle/"' in shown
    assert "not for sponsors" not in page(story, story.member("Lea"), q="reagent")
