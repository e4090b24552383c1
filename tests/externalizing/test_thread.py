"""However much is said in an exchange: a page at a time, each answer at an address that stays, forms when wanted."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonplace.communities.models import Person
from commonplace.externalizing import acts
from commonplace.externalizing.models import Exchange, Kind, LinkKind, Response, ResponseKind
from commonplace.externalizing.thread import ANSWERS, COMMENTS
from tests.externalizing.reading import refusal
from tests.story import Story
from tests.trust.reading_html import unlinked

COMMENT = ResponseKind.COMMENT


@pytest.fixture
def exchange(story: Story, lea: Person) -> Exchange:
    return story.ask(lea)


@pytest.fixture
def answers(story: Story, omar: Person, exchange: Exchange) -> list[Response]:
    return [story.respond(omar, exchange, f"Answer number {n}.") for n in range(2 * ANSWERS + 5)]


@pytest.fixture
def browser(story: Story, lea: Person) -> Client:
    return story.browser(lea)


def responses_on(page: str) -> list[str]:
    """The ids of the responses on a page."""
    return re.findall(r' id="r-([0-9a-z]{26})"', page)


def shown(browser: Client, address: str) -> str:
    page = browser.get(address, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def link(page: str, rel: str) -> str:
    match = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return match[1].replace("&amp;", "&") if match else ""


def test_a_page_has_some_answers_and_leads_on_and_back(
    browser: Client, exchange: Exchange, answers: list[Response]
) -> None:
    here, ids = exchange.get_absolute_url(), [answer.pk for answer in answers]
    first = shown(browser, here)
    second = shown(browser, here + link(first, "next"))
    third = shown(browser, here + link(second, "next"))
    assert responses_on(first) + responses_on(second) + responses_on(third) == ids
    assert len(responses_on(first)) == len(responses_on(second)) == ANSWERS
    assert responses_on(shown(browser, here + link(third, "prev"))) == ids[ANSWERS : 2 * ANSWERS]
    assert (link(first, "prev"), link(third, "next")) == ("", "")
    assert exchange.body in first
    assert "said opening" in first
    assert "said opening" not in second  # It begins with the question in short, and the way to it.
    assert exchange.body in second


@pytest.mark.parametrize("number", [0, 1, ANSWERS - 1, ANSWERS, ANSWERS + 1, 2 * ANSWERS, 2 * ANSWERS + 4])
def test_each_answer_has_an_address_that_leads_to_where_it_stands(
    browser: Client, answers: list[Response], number: int
) -> None:
    answer = answers[number]
    where = browser.get(answer.get_absolute_url())
    assert where.status_code == 302
    assert where["Location"].endswith(f"#r-{answer.pk}")
    assert answer.pk in responses_on(shown(browser, where["Location"]))


def test_what_helped_and_the_newest_are_a_step_away(
    story: Story, lea: Person, browser: Client, exchange: Exchange, answers: list[Response]
) -> None:
    helped, newest = answers[ANSWERS + 3], answers[-1]
    story.confirm(lea, helped)
    page = shown(browser, exchange.get_absolute_url())
    for label, answer in (("Read the answer", helped), ("The newest", newest)):
        assert f'href="{answer.get_absolute_url()}">{label}' in page
        assert answer.pk in responses_on(shown(browser, answer.get_absolute_url()))
    assert f"{len(answers)} answers" in page


def test_a_short_exchange_has_nothing_to_jump_to(
    browser: Client, story: Story, omar: Person, exchange: Exchange
) -> None:
    story.respond(omar, exchange)
    page = shown(browser, exchange.get_absolute_url())
    assert "The newest" not in page
    assert 'class="paging"' not in page


@pytest.mark.usefixtures("answers")
def test_who_has_answered_commented_or_confirmed_is_led_to_it(
    browser: Client, story: Story, lea: Person, exchange: Exchange, answers: list[Response]
) -> None:
    here, late = f"/c/pump-crews/exchanges/{exchange.pk}", answers[ANSWERS + 2]
    typed: dict[str, dict[str, str]] = {
        "responses": {"body": "The last word."},
        "comments": {"body": "Slowly.", "on": late.pk},
        "confirmations": {"benefit": "solution", "response": late.pk},
    }
    for name, words in typed.items():
        page = browser.post(f"{here}/{name}", words, follow=True).content.decode()
        seen = {"responses": "The last word.", "comments": "Slowly.", "confirmations": "Lea · It solved it"}[name]
        assert seen in unlinked(page), name
        assert late.pk in responses_on(page) or name == "responses"


@pytest.mark.parametrize("on_an_answer", [True, False])
def test_of_many_comments_the_first_are_shown_and_each_has_its_address(
    browser: Client, story: Story, omar: Person, exchange: Exchange, on_an_answer: bool
) -> None:
    answer = story.respond(omar, exchange)
    on = {"comments_on": answer} if on_an_answer else {}
    comments = [
        story.respond(omar, exchange, f"Comment {n}.", kind=COMMENT, **on) for n in range(COMMENTS + ANSWERS + 3)
    ]
    page = shown(browser, exchange.get_absolute_url())
    assert [pk for pk in responses_on(page) if pk != answer.pk] == [comment.pk for comment in comments[:COMMENTS]]
    assert "All comments" in page
    for comment in (comments[0], comments[COMMENTS - 1], comments[COMMENTS], comments[-1]):
        assert comment.pk in responses_on(shown(browser, comment.get_absolute_url()))


def test_few_comments_have_no_page_of_their_own(
    browser: Client, story: Story, omar: Person, exchange: Exchange
) -> None:
    answer = story.respond(omar, exchange)
    for _ in range(COMMENTS):
        story.respond(omar, exchange, kind=COMMENT)
        story.respond(omar, exchange, kind=COMMENT, comments_on=answer)
    page = shown(browser, exchange.get_absolute_url())
    assert len(responses_on(page)) == 2 * COMMENTS + 1
    assert "All comments" not in page


# Forms

FORMS = {
    "comments/new?on={answer}": ("Comment", "comments", {"body": "Half a thought"}),
    "confirmations/new?response={answer}": ("It helped", "confirmations", {"benefit": ""}),
    "closing/new": ("Close this exchange", "closing", {"purpose": "creation", "why": ""}),
    "links/new": ("Link another exchange", "links", {"address": "half an address", "kind": "linked"}),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_loaded_when_it_is_wanted_or_a_page(
    browser: Client, story: Story, omar: Person, exchange: Exchange, form: str
) -> None:
    answer, title = story.respond(omar, exchange), FORMS[form][0]
    here = f"/c/pump-crews/exchanges/{exchange.pk}/"
    address = here + form.format(answer=answer.pk)
    page = shown(browser, exchange.get_absolute_url())
    assert f'href="{address}" hx-get="{address}"' in page
    assert f'action="{here}{FORMS[form][1]}"' not in page
    whole = browser.get(address)
    assert f"<h1>{title}</h1>" in whole.content.decode()
    part = browser.get(address, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith(f'<form method="post" action="{here}{FORMS[form][1]}"')
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_refused_comes_back_on_a_page_of_its_own(
    browser: Client, story: Story, omar: Person, exchange: Exchange, form: str
) -> None:
    answer = story.respond(omar, exchange, "Bleed it first.")
    title, to, typed = FORMS[form]
    named = {"comments": {"on": answer.pk, "body": " "}, "confirmations": {"response": answer.pk}}.get(to, {})
    page = refusal(browser, f"/c/pump-crews/exchanges/{exchange.pk}/{to}", **{**typed, **named})
    assert f"<h1>{title}</h1>" in page
    assert 'role="alert"' in page
    assert ("Bleed it first." in page) is bool(named)
    assert "half an address" in page or to != "links"


def test_who_may_not_is_offered_no_form(story: Story, omar: Person, exchange: Exchange) -> None:
    answer, browser = story.respond(omar, exchange), story.browser(omar)
    page = shown(browser, exchange.get_absolute_url())
    assert "This helped" not in page
    assert (
        browser.get(f"/c/pump-crews/exchanges/{exchange.pk}/confirmations/new?response={answer.pk}").status_code == 403
    )


def test_an_offer_is_taken_up_as_a_whole(story: Story, lea: Person, omar: Person) -> None:
    offer = story.ask(lea, kind=Kind.OFFER)
    browser, here = story.browser(omar), f"/c/pump-crews/exchanges/{offer.pk}/confirmations"
    assert f"{here}/new" in shown(browser, offer.get_absolute_url())
    browser.post(here, {"benefit": "solution", "response": ""})
    assert offer.confirmations.get().response is None


def test_only_what_is_shown_is_read(browser: Client, story: Story, omar: Person, exchange: Exchange) -> None:
    """The words as they were typed stay where they are; so do addresses and passwords of the people."""
    story.respond(omar, exchange)
    with CaptureQueriesContext(connection) as asked:
        shown(browser, exchange.get_absolute_url())
    [responses] = [query["sql"] for query in asked if 'FROM "externalizing_response"' in query["sql"]]
    assert '"externalizing_response"."html"' in responses
    for column in ('"externalizing_response"."body"', '"password"', '"email"'):
        assert column not in responses.replace('"email" IS NOT NULL', "")


def test_all_there_can_be_on_a_page_takes_few_queries(
    browser: Client, story: Story, lea: Person, exchange: Exchange, answers: list[Response],
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for answer in answers[:3]:
        story.respond(lea, exchange, kind=COMMENT, comments_on=answer)
    story.respond(lea, exchange, kind=COMMENT)
    story.confirm(lea, answers[0])
    other = story.ask(lea, topics=["pumps"])
    acts.link(lea, exchange, other=other, kind=LinkKind.LINKED)
    story.distil(lea, exchange)
    browser.get("/")
    with django_assert_max_num_queries(16):
        shown(browser, exchange.get_absolute_url())
