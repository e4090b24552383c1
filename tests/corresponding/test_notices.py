"""Whom an act concerns is told of it, once; nobody else, and nobody who may not read it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind, Visibility
from commonplace.corresponding.jobs import forget
from commonplace.corresponding.models import NoticeQuerySet
from commonplace.corresponding.noting import note
from commonplace.corresponding.reading import PutAway
from commonplace.corresponding.views.notices import SHOWN
from commonplace.externalizing import acts
from commonplace.externalizing.models import Response, ResponseKind
from commonplace.ledger import clock, jobs
from commonplace.ledger.models import Act
from tests.corresponding.noticed import badge, forgotten, noticed, words
from tests.objectifying.conftest import Crew
from tests.story import Story

AT_MOST = 8


class TestTold:
    def test_who_asked_is_told_of_an_answer_and_why(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea, title="Which seal?"))
        assert "Which seal? Exchange Omar answered you asked" in words(story, lea)
        assert noticed(omar) == []

    @pytest.mark.parametrize(("days", "n"), [(30, 1), (32, 0)])
    def test_what_happened_a_month_ago_is_no_news(
        self, story: Story, lea: Person, omar: Person, nobody_works: None, days: int, n: int
    ) -> None:
        """Where nothing worked for so long: it is told to nobody as if it were new."""
        story.respond(omar, story.ask(lea))
        with clock.at(clock.now() + timedelta(days=days)):
            jobs.run_due()
        assert len(noticed(lea)) == n

    def test_nobody_is_told_of_what_they_do_themselves(self, story: Story, lea: Person) -> None:
        story.respond(lea, story.ask(lea))
        assert noticed(lea) == []

    def test_acts_out_of_an_archive_are_told_to_nobody(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        answered = list(Act.objects.everywhere("test").filter(verb="exchange.responded"))
        forgotten()
        for act in answered:
            act.origin = "stackexchange"
        note(answered)
        assert noticed(lea) == []

    def test_whose_answer_helped_is_told(self, story: Story, lea: Person, omar: Person) -> None:
        story.resolved(lea, omar)
        assert noticed(omar) == [("helped", "answered")]

    def test_a_comment_on_an_answer_is_told_to_its_author_first(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        answer = story.respond(omar, asked)
        story.respond(story.member("Ida"), asked, kind=ResponseKind.COMMENT, comments_on=answer)
        assert noticed(omar) == [("commented", "answered")]
        assert noticed(lea) == [("answered", "asked"), ("commented", "yours")]

    def test_a_reaction_that_runs_twice_tells_once(self, story: Story, lea: Person, omar: Person) -> None:
        story.respond(omar, story.ask(lea))
        note(list(Act.objects.everywhere("test")))
        assert noticed(lea) == [("answered", "asked")]

    def test_who_has_left_is_told_nothing_more(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        social.leave(lea, story.community)
        assert badge(story, lea) == ""
        assert "Omar" not in words(story, lea)
        story.respond(story.member("Ida"), asked)
        assert len(noticed(lea)) == 1

    def test_who_has_no_way_in_is_told_nothing(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        Person.objects.filter(pk=lea.pk).update(is_active=False)
        story.respond(omar, asked)
        assert noticed(lea) == []

    def test_a_bot_is_told_nothing(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        social.set_bot(story.operator, lea, bot=True)
        story.respond(omar, asked)
        assert noticed(lea) == []

    def test_who_may_not_read_it_now_is_not_told_its_title(self, story: Story, omar: Person) -> None:
        private = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.PRIVATE)
        zoe = story.member("Zoe", of=private)
        story.respond(story.facilitator, story.ask(zoe, of=private, title="Secret seal"))
        social.leave(zoe, private)
        assert "Secret" not in words(story, zoe) + words(story, zoe, "/notices/?put-away")


def shown_until(browser: Client) -> str:
    page = browser.get("/notices/").content.decode()
    return re.findall(r'name="until" value="([^"]+)"', page)[0]


def press(browser: Client) -> None:
    browser.post("/notices/put-away", {"until": shown_until(browser)})


class TestRead:
    def test_reading_the_page_itself_puts_it_away(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        assert badge(story, lea) == "1"
        assert badge(story, lea, asked.get_absolute_url()) == ""
        assert badge(story, lea) == ""
        assert "Omar answered" in words(story, lea, "/notices/?put-away")

    @pytest.mark.parametrize(
        "header", [("sec-purpose", "prefetch;prerender"), ("x-moz", "prefetch"), ("x-purpose", "preview")]
    )
    def test_what_a_browser_fetches_before_anybody_looks_is_not_read(
        self, story: Story, lea: Person, omar: Person, header: tuple[str, str]
    ) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        story.browser(lea).get(asked.get_absolute_url(), headers=dict([header]))
        assert badge(story, lea) == "1"

    def test_where_nothing_can_be_written_it_is_read_all_the_same(
        self, story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*args: Any, **more: Any) -> int:
            raise OperationalError("database or disk is full")

        asked = story.ask(lea)
        story.respond(omar, asked)
        monkeypatch.setattr(NoticeQuerySet, "update", full)
        assert asked.title in words(story, lea, asked.get_absolute_url())

    def test_another_s_reading_puts_nothing_of_mine_away(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked)
        story.browser(omar).get(asked.get_absolute_url())
        assert badge(story, lea) == "1"

    def test_all_is_put_away_by_one_press_and_only_one_s_own(self, story: Story, lea: Person, omar: Person) -> None:
        story.resolved(lea, omar)
        press(story.browser(lea))
        assert (badge(story, lea), badge(story, omar)) == ("", "1")

    def test_what_came_after_the_page_was_shown_stays(self, story: Story, lea: Person, omar: Person) -> None:
        """In a tab that was left open; and by whoever asks without having been shown anything."""
        story.respond(omar, story.ask(lea))
        browser = story.browser(lea)
        until = shown_until(browser)
        story.respond(omar, story.ask(lea, title="Another"))
        browser.post("/notices/put-away", {"until": until})
        browser.post("/notices/put-away")
        for moment in ("no moment", "2999-01-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "x" * 10_000):
            assert browser.post("/notices/put-away", {"until": moment}).status_code == 302
        assert "Another" in words(story, lea)
        assert badge(story, lea) == "1"

    def test_what_happens_while_the_page_is_made_is_not_read(
        self, story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked, shown = story.ask(lea), PutAway.process_view

        def answering(*args: Any) -> None:
            shown(*args)
            story.respond(omar, asked)

        story.respond(omar, asked)
        with monkeypatch.context() as patch:
            patch.setattr(PutAway, "process_view", answering)
            story.browser(lea).get(asked.get_absolute_url())
        assert badge(story, lea) == "1"

    def test_the_count_is_of_threads(self, story: Story, lea: Person, omar: Person) -> None:
        asked = story.ask(lea)
        story.respond(omar, asked, body="One.")
        story.respond(omar, asked, body="Two.")
        story.respond(omar, story.ask(lea, title="Another"))
        assert badge(story, lea) == "2"


def test_a_wall_is_not_shown_the_rest_stands_behind_a_link(story: Story, lea: Person, omar: Person) -> None:
    for number in range(SHOWN + 2):
        story.respond(omar, story.ask(lea, title=f"Question {number}."))
    assert "Question 0." not in words(story, lea)
    assert "2 more, from earlier" in words(story, lea)
    assert "Question 0." in words(story, lea, "/notices/?all")


def test_a_community_is_named_once_where_the_notice_is_of_itself(story: Story) -> None:
    lab = story.found("lab", "The laboratory", by=story.facilitator, visibility="closed")
    social.ask_to_join(story.person("Nina"), lab, words="I run the samples.")
    assert words(story, story.facilitator).count("The laboratory") == 1


@pytest.mark.parametrize(("read", "days"), [(True, 90), (False, 365)])
def test_what_was_put_away_is_kept_a_season_and_what_is_unread_a_year(
    story: Story, lea: Person, omar: Person, read: bool, days: int
) -> None:
    asked = story.ask(lea)
    story.respond(omar, asked)
    if read:
        story.browser(lea).get(asked.get_absolute_url())
    for after, kept in ((days - 1, 1), (days + 1, 0)):
        with clock.at(clock.now() + timedelta(days=after)):
            forget()
        assert len(noticed(lea)) == kept


def test_the_centre_opens_in_few_queries(story: Story, lea: Person, omar: Person) -> None:
    for number in range(30):
        story.respond(omar, story.ask(lea, title=f"Question {number}"))
    browser = story.browser(lea)
    browser.get("/notices/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/notices/")
    assert len(asked) <= AT_MOST


def test_an_act_adds_no_statement_to_its_request(story: Story, lea: Person, omar: Person) -> None:
    """What it owes is in the one statement that owes the search its documents."""
    asked, answer = story.ask(lea), Response(body="Prime it first.", kind=ResponseKind.ANSWER)
    with CaptureQueriesContext(connection) as before:
        acts.respond(omar, asked, response=answer)
    assert sum("ledger_job" in one["sql"] and "INSERT" in one["sql"] for one in before) == 1


def test_the_centre_opens_in_as_few_with_every_kind_of_thread(crew: Crew) -> None:
    """Titles of all kinds are one statement."""
    crew.story.resolved(crew.lea, crew.omar)
    proposal = crew.proposed()
    crew.story.stand(crew.omar, proposal)
    crew.story.revise(crew.ines, crew.practice_of(proposal), how="Bleed twice.")
    crew.story.granted(crew.omar, RoleKind.FACILITATOR)
    browser = crew.story.browser(crew.omar)
    browser.get("/me/")
    with CaptureQueriesContext(connection) as queries:
        kinds = set(re.findall(r'class="tag \w*"[^>]*>([^<]+)<', browser.get("/notices/").content.decode()))
    assert len(kinds) >= 4
    assert len(queries) <= AT_MOST
