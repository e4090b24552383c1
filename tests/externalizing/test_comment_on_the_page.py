"""A comment without a reload: the comments it stands among come back; without a script the page does."""

import re

import pytest
from django.test import Client

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Response, ResponseKind
from commonplace.externalizing.thread import COMMENTS
from tests.story import Story

HTMX = {"HX-Request": "true"}


@pytest.fixture
def answer(story: Story, omar: Person, exchange: Exchange) -> Response:
    return story.respond(omar, exchange)


@pytest.fixture
def browser(story: Story, lea: Person) -> Client:
    return story.browser(lea)


def commented(browser: Client, exchange: Exchange, **typed: str) -> tuple[int, str]:
    piece = browser.post(f"/c/pump-crews/exchanges/{exchange.pk}/comments", typed, headers=HTMX)
    return piece.status_code, piece.content.decode()


@pytest.mark.parametrize("on_the_answer", [True, False])
def test_the_piece_that_changed_comes_back(
    browser: Client, exchange: Exchange, answer: Response, on_the_answer: bool
) -> None:
    on = answer.pk if on_the_answer else ""
    status, piece = commented(browser, exchange, body="Which valve?", on=on)
    assert status == 200
    assert piece.strip().startswith(f'<li class="remarks" id="on-{on or "whole"}">')
    assert "Which valve?" in piece
    assert "<html" not in piece
    assert 'tabindex="-1" autofocus' in piece, "whoever does not see it is where it stands"
    assert 'id="said" hx-swap-oob="innerHTML">Your comment stands there.' in piece
    page = browser.get(exchange.get_absolute_url()).content.decode()
    assert f'<li class="remarks" id="on-{on or "whole"}">' in page
    assert '<div class="unseen" id="said" role="status">' in page


def test_what_was_refused_keeps_its_words(browser: Client, exchange: Exchange, answer: Response) -> None:
    commented(browser, exchange, body="Which valve?", on=answer.pk)
    status, piece = commented(browser, exchange, body="x" * 200_001, on=answer.pk)
    assert status == 422
    assert "x" * 1000 in piece
    assert "Which valve?" in piece, "the others stay beside it"
    assert "This did not go through yet." in piece


def test_one_beyond_the_first_is_shown_after_them(
    story: Story, browser: Client, omar: Person, exchange: Exchange, answer: Response
) -> None:
    for number in range(COMMENTS + 1):
        story.respond(omar, exchange, body=f"Remark {number}.", kind=ResponseKind.COMMENT, comments_on=answer)
    _, piece = commented(browser, exchange, body="And mine.", on=answer.pk)
    assert f"Remark {COMMENTS}." not in piece
    assert piece.index("All comments") < piece.index("And mine.")


def test_without_a_script_the_page_does(browser: Client, exchange: Exchange, answer: Response) -> None:
    sent = browser.post(
        f"/c/pump-crews/exchanges/{exchange.pk}/comments", {"body": "Which valve?", "on": answer.pk}, follow=True
    )
    assert "<html" in sent.content.decode()
    assert "Which valve?" in sent.content.decode()


def test_of_an_answer_elsewhere_nothing_is_shown(
    story: Story, browser: Client, omar: Person, exchange: Exchange
) -> None:
    """Whatever somebody names in the form."""
    hidden = story.found("quiet", "Quiet", by=omar, visibility="private")
    secret = story.respond(omar, story.ask(omar, of=hidden), body="The secret answer.")
    story.respond(omar, secret.exchange, body="The secret remark.", kind=ResponseKind.COMMENT, comments_on=secret)
    for on in (secret.pk, "nothing", "\0"):
        status, piece = commented(browser, exchange, body="What?", on=on)
        assert status == 422
        assert "secret" not in piece


class TestWhatIsOnTop:
    def test_the_answer_that_helped_and_the_way_to_it(
        self, story: Story, browser: Client, lea: Person, exchange: Exchange, answer: Response
    ) -> None:
        assert "What helped" not in browser.get(exchange.get_absolute_url()).content.decode()
        story.confirm(lea, answer)
        page = browser.get(exchange.get_absolute_url()).content.decode()
        assert page.index("What helped") < page.index("Bleed before the check valve.") < page.index('class="thread"')
        assert f'href="#r-{answer.pk}">Read the answer' in page

    def test_of_an_offer_whom_it_helped(self, story: Story, browser: Client, lea: Person, omar: Person) -> None:
        offer = story.ask(omar, kind="offer")
        acts.confirm(lea, offer, response=None, benefit="validation")  # type: ignore[arg-type]
        page = browser.get(offer.get_absolute_url()).content.decode()
        assert page.index("Whom it helped") < page.index("It confirmed what I thought")

    def test_that_it_was_closed_and_why(self, story: Story, browser: Client, lea: Person, exchange: Exchange) -> None:
        acts.close(lea, exchange, purpose="reuse", why="elsewhere")  # type: ignore[arg-type]
        page = browser.get(exchange.get_absolute_url()).content.decode()
        assert page.index("Closed without a solution") < page.index("I found it elsewhere") < page.index('"thread"')


class TestTheFormToAnswer:
    def test_who_asked_first_says_whether_it_helped(
        self, browser: Client, exchange: Exchange, answer: Response
    ) -> None:
        page = browser.get(exchange.get_absolute_url()).content.decode()
        assert page.index("This helped") < page.index("Add what you found out yourself")
        assert "<details><summary><h2>Add what you found out yourself" in page
        assert f'href="#r-{answer.pk}">Did an answer help?' in page

    def test_what_was_refused_is_not_folded(self, browser: Client, exchange: Exchange) -> None:
        refused = browser.post(f"/c/pump-crews/exchanges/{exchange.pk}/responses", {"body": ""})
        assert "<details open><summary><h2>Add what" in refused.content.decode()

    def test_others_are_led_to_the_field(self, story: Story, omar: Person, exchange: Exchange) -> None:
        page = story.browser(omar).get(exchange.get_absolute_url()).content.decode()
        assert '<p class="acts reach until"><a class="btn main" href="#response_body">Answer' in page
        assert 'id="response_body"' in page

    def test_who_is_no_member_is_told_how_to_join(self, story: Story, exchange: Exchange) -> None:
        page = story.browser(story.person("Out")).get(exchange.get_absolute_url()).content.decode()
        assert "How to join" in page
        assert "Your answer" not in page
        assert 'class="acts reach until"' not in page


class TestTheList:
    def test_it_says_what_was_said_and_by_whom(
        self, story: Story, browser: Client, lea: Person, omar: Person, exchange: Exchange, answer: Response
    ) -> None:
        story.ask(lea, title="Another", body="**Nobody** knows <yet> & waits.")
        html = browser.get("/c/pump-crews/exchanges/").content.decode()
        page = " ".join(re.sub(r"<[^>]+>", "", html).split())
        assert "Omar: Bleed before the check valve." in page
        assert "Nobody knows" in page

    def test_what_is_long_is_cut_in_no_tag(self, story: Story, browser: Client, lea: Person) -> None:
        for length in range(560, 600):
            story.ask(lea, title=f"Long {length}", body=f"[{'x' * length}](https://example.org/a/b/c) **bold**")
        page = browser.get("/c/pump-crews/exchanges/").content.decode()
        assert "example.org" not in page
        assert "&lt;" not in page.split('id="list"')[1]

    def test_the_filter_counts_and_comes_alone(self, browser: Client, exchange: Exchange, answer: Response) -> None:
        page = browser.get("/c/pump-crews/exchanges/").content.decode()
        assert "Answered <small>1</small>" in page
        filters = page.partition('<nav class="sift')[2].partition("</nav>")[0]
        assert "It helped" not in filters, "one that leads to none is not offered"
        piece = browser.get("/c/pump-crews/exchanges/?status=answered", headers=HTMX)
        assert piece.content.decode().strip().startswith('<div id="list">')
        assert "HX-Request" in piece["Vary"]
        back = browser.get("/c/pump-crews/exchanges/", headers={**HTMX, "HX-History-Restore-Request": "true"})
        assert "<html" in back.content.decode(), "who goes back is given the whole page"
