"""Home says what needs me, what is new where I belong, and where I could go."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.internalizing import acts as uptake
from commonplace.internalizing.models import Application
from commonplace.ledger import clock
from commonplace.objectifying import acts as agreement
from commonplace.objectifying.models import Challenge, Practice
from tests.story import Story

Counter = Callable[..., Any]
NEW = "new since your last visit"


def read(client: Client, person: Any, address: str = "/") -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_first_visit_is_welcomed_and_shown_where_to_go(story: Story, client: Client) -> None:
    page = read(client, story.person("Nina New"))
    assert "Welcome." in page
    assert story.community.title in page


def test_a_private_community_is_not_offered(story: Story, client: Client) -> None:
    story.found("hidden", "Hidden circle", by=story.facilitator, visibility="private")
    assert "Hidden circle" not in read(client, story.person("Nina New"))


def test_an_answered_question_asks_whether_it_helped(story: Story, client: Client) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea, "How do you restart pump 4?")
    assert "Nobody has answered yet" in read(client, lea)
    story.respond(omar, exchange)
    assert "Did it help?" in read(client, lea)


def test_what_i_confirmed_no_longer_needs_me(story: Story, client: Client) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    exchange = story.ask(lea, "How do you restart pump 4?")
    story.confirm(lea, story.respond(omar, exchange))
    assert "Nothing waits for you." in read(client, lea)


def test_another_communitys_exchange_is_not_news(story: Story, client: Client) -> None:
    elsewhere = story.found("elsewhere", "Elsewhere", by=story.person("Eve"))
    story.ask(story.member("Omar"), "Known here")
    story.ask(story.member("Ada", of=elsewhere), "Unknown here", of=elsewhere)
    page = read(client, story.member("Lea"))
    assert "Known here" in page
    assert "Unknown here" not in page


def test_what_came_since_the_last_visit_is_marked(story: Story, now: datetime) -> None:
    browser, omar = story.browser(story.member("Lea")), story.member("Omar")
    story.ask(omar, "Before")
    assert NEW not in browser.get("/").content.decode(), "on a first visit all is new, and nothing is marked"
    with clock.at(now + timedelta(days=1)):
        story.ask(omar, "Since")
    with clock.at(now + timedelta(days=2)):
        page = browser.get("/").content.decode()
    assert page.count(NEW) == 1
    assert page.index("Since") < page.index(NEW) < page.index("Before")


def test_the_next_page_of_the_same_visit_marks_the_same(story: Story, now: datetime) -> None:
    browser, omar = story.browser(story.member("Lea")), story.member("Omar")
    browser.get("/")
    with clock.at(now + timedelta(days=1)):
        story.ask(omar)
    for minutes in (0, 50, 100):
        with clock.at(now + timedelta(days=2, minutes=minutes)):
            assert NEW in browser.get("/").content.decode()


def test_somebody_else_at_the_same_browser_has_visits_of_their_own(story: Story, now: datetime) -> None:
    browser, nina = story.browser(story.member("Lea")), story.member("Nina")
    browser.get("/")
    browser.force_login(nina)
    with clock.at(now + timedelta(days=2)):
        story.ask(story.member("Omar"))
    with clock.at(now + timedelta(days=3)):
        assert NEW not in browser.get("/").content.decode()


def test_older_news_comes_by_the_page(story: Story, client: Client) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    for number in range(20):
        story.ask(omar, f"Question number {number:02}")
    page = read(client, lea)
    assert "Question number 19" in page
    assert "Question number 04" not in page
    older = page.split('href="/?before=')[1].split('"')[0]
    assert "Question number 04" in read(client, lea, f"/?before={older}")


@pytest.mark.parametrize("typed", ["nonsense", "2020-01-01", "", "9999-99-99T00:00:00Z", "0001-01-01T00:00:00+23:59"])
def test_any_address_typed_by_hand_is_answered(story: Story, client: Client, typed: str) -> None:
    client.force_login(story.member("Lea"))
    assert client.get("/", {"before": typed}).status_code == 200


def practised(story: Story, asker: Person, helper: Person, user: Person, title: str = "Restarting a pump") -> Practice:
    """Written down by who asked, quoting who helped, and used once by another."""
    exchange = story.resolved(asker, helper)
    quoted = list(exchange.responses.all())
    practice = story.distil(asker, exchange, title=title, quoted=quoted)
    uptake.apply(user, practice, application=Application(outcome="worked", where="Station 12"))
    return practice


def test_what_waits_for_my_word_in_a_community_that_agrees(story: Story, client: Client) -> None:
    lea, omar, ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))
    practice = practised(story, lea, omar, ines)
    assert "Your words are quoted" in read(client, omar)
    assert "Your words are quoted" not in read(client, ines)
    proposal = story.propose(lea, practice)
    assert "Where do you stand?" in read(client, ines)
    for person in (lea, omar, ines, story.facilitator):
        story.stand(person, proposal)
    assert "Where do you stand?" not in read(client, ines)
    story.decide(story.facilitator, proposal)
    agreement.set_steward(story.facilitator, practice, steward=omar)
    agreement.challenge(ines, practice, challenge=Challenge(ground="failed", reason="It failed twice."))
    assert "Challenged" in read(client, omar)
    assert "Challenged" not in read(client, lea)


def test_who_asks_to_join_waits_for_the_facilitator(story: Story, client: Client) -> None:
    closed = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    nina = story.person("Nina")
    social.ask_to_join(nina, closed, words="I run the samples.")
    assert "Nina asks to join" in read(client, story.facilitator)
    assert "asks to join" not in read(client, nina)


def test_queries_do_not_grow_with_rows(story: Story, django_assert_max_num_queries: Counter) -> None:
    """Not for who has most to do either: a member who asks, is quoted, looks after practices, and facilitates."""
    lea, omar = story.member("Lea"), story.member("Omar")
    for number in range(5):
        story.respond(omar, story.ask(lea, f"Mine {number}"))
        story.ask(omar, f"Theirs {number}")
        story.propose(omar, practised(story, omar, lea, story.facilitator, f"Practice {number}"))
        social.ask_to_join(story.person(f"Nina {number}"), closed(story, number), words="I run the samples.")
    for reader in (lea, story.facilitator):
        browser = story.browser(reader)
        with django_assert_max_num_queries(26):
            assert "Where do you stand?" in browser.get("/").content.decode()
    assert "Nina 4 asks to join" in browser.get("/").content.decode()


def test_who_has_lately_come_begins_until_they_did_something(
    story: Story, client: Client, now: datetime, django_assert_max_num_queries: Counter
) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    known = practised(story, omar, lea, story.facilitator, "Bleed before the valve")
    with clock.at(now + timedelta(days=200)):
        uptake.apply(lea, known, application=Application(outcome="worked", where="Station 12"))
        story.ask(lea, "Which seal?")
        story.propose(omar, practised(story, omar, lea, story.facilitator, "Open round"))
        nina = story.member("Nina")
        browser = story.browser(nina)
        with django_assert_max_num_queries(26):
            page = browser.get("/").content.decode()
        places = [page.index(words) for words in ("You are new in", "Say hello", "Which seal?", "Bleed before")]
        assert places == sorted(places)
        assert "You are new in" not in read(client, lea)
        with clock.at(clock.now() + timedelta(days=31)):
            assert "You are new in" not in read(client, nina)
        story.ask(nina, "I keep the night shift", kind="story")
        assert "You are new in" not in read(client, nina)


def test_who_came_to_several_begins_where_they_are_new_and_do_not_serve(
    story: Story, client: Client, now: datetime
) -> None:
    with clock.at(now + timedelta(days=200)):
        nina, fresh = story.member("Nina"), story.found("fresh", "Fresh", by=story.facilitator)
        social.join(nina, fresh)
        page = read(client, nina)
        assert "You are new in" in page
        assert 'href="/c/pump-crews/exchanges/hello"' in page
        story.granted(nina, RoleKind.FACILITATOR)
        assert "You are new in" not in read(client, nina)


def closed(story: Story, number: int) -> Community:
    return story.found(f"lab-{number}", "The laboratory", by=story.facilitator, visibility="closed")


def test_what_is_alike_folds(story: Story, client: Client) -> None:
    """Of what has a list of its own one line says how many; of the rest three are told, and how many more there are."""
    lea, lab = story.member("Lea"), closed(story, 1)
    for number in range(4):
        story.ask(lea, f"Mine {number}")
        social.ask_to_join(story.person(f"Nina {number}"), lab, words="I run the samples.")
    page = read(client, story.facilitator)
    assert "4 people ask to join" in page
    assert "Nina 1 asks to join" not in page
    page = read(client, lea)
    assert page.count("Nobody has answered yet") == 4, "one more takes no more room than that there is one more"
    story.ask(lea, "Mine 4")
    page = read(client, lea)
    assert page.count("Nobody has answered yet") == 3
    assert "2 more of yours are unanswered" in page
