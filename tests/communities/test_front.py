"""The front page of a community: what each footing reads there, what is alive at its stage, and in which order."""

import re
from datetime import timedelta

import pytest

from commonplace.communities import acts
from commonplace.communities.models import Community, Experience, Person, RoleKind, Stage, Visibility
from commonplace.externalizing.models import Kind
from commonplace.internalizing.contributions.alive import how_it_went
from commonplace.ledger import clock
from commonplace.objectifying import jobs
from tests.objectifying.conftest import Crew, crew
from tests.story import Story

__all__ = ["crew"]
HERE = "/c/pump-crews/"
SECTION = re.compile(r"<section><h2>([^<]*)</h2>\s*<ul>(.*?)</ul>", re.S)
TITLE = re.compile(r"<a [^>]*>([^<]*)</a>\s*<small>(.*?)</small>", re.S)


def page(story: Story, person: Person, at: str = HERE) -> str:
    return " ".join(story.browser(person).get(at).content.decode().split())


def alive(story: Story, person: Person, at: str = HERE) -> dict[str, list[tuple[str, str]]]:
    """Title of a section -> titles of its rows with their quiet lines, without marks."""
    return {
        title.strip(): [(one, " ".join(re.sub(r"<[^>]+>", "", line).split())) for one, line in TITLE.findall(rows)]
        for title, rows in SECTION.findall(page(story, person, at))
    }


def staged(story: Story, stage: Stage) -> None:
    if story.community.stage != stage:
        acts.set_stage(story.facilitator, story.community, stage=stage)


class TestFootings:
    def test_a_member_asks_and_reads_how_many_they_are(self, story: Story) -> None:
        lea = story.member("Lea")
        shown = page(story, lea)
        assert ">2 people</a>, since" in shown
        assert 'href="/c/pump-crews/exchanges/new">Ask or tell</a>' in shown
        assert "Fay Facilitator" in shown
        assert "Join" not in shown

    def test_a_member_reads_who_facilitates_or_that_nobody_does(self, story: Story) -> None:
        lea = story.member("Lea")
        assert "Nobody facilitates" not in page(story, lea)
        Person.objects.filter(pk=story.facilitator.pk).update(is_active=False)
        shown = page(story, lea)
        assert "Nobody facilitates here now." in shown
        assert '<ul class="faces">' not in shown

    def test_units_are_counted_of_more_than_a_few(self, story: Story) -> None:
        for name, unit in (("Ann", "North"), ("Lea", "South"), ("Omar", "North")):
            story.member(name, unit)
        assert "of 2 units" not in page(story, story.facilitator)
        story.member("Zoe")
        assert "5 people of 2 units" in page(story, story.facilitator)
        acts.set_profile(story.facilitator, story.community, profile={"boundaries": "unit"})
        assert "of 2 units" not in page(story, story.facilitator)

    def test_a_newcomer_reads_what_to_begin_with(self, story: Story, nina: Person) -> None:
        acts.join(nina, story.community, experience=Experience.NEW)
        shown = page(story, nina)
        assert "You are new here." in shown
        assert "Say hello" in shown
        story.ask(nina, "I keep the night shift", kind="story")
        assert "You are new here." not in page(story, nina)

    def test_who_came_long_ago_is_not_new(self, story: Story, nina: Person) -> None:
        acts.join(nina, story.community, experience=Experience.NEW)
        with clock.at(clock.now() + timedelta(days=400)):
            assert "You are new here." not in page(story, nina)

    def test_a_stranger_joins_or_reads_first_where_it_is_open(self, story: Story, nina: Person) -> None:
        story.ask(story.member("Lea"), "Does it hum?")
        staged(story, Stage.MATURING)
        shown = page(story, nina)
        assert '<button class="btn main">Join</button>' in shown
        assert "?most-used" in shown
        assert "Does it hum?" in shown
        assert "people</a>" not in shown
        assert "Fay" not in shown

    def test_a_stranger_of_a_closed_one_reads_what_it_is_about_and_asks(
        self, story: Story, closed: Community, nina: Person
    ) -> None:
        story.ask(story.facilitator, "Does it hum?", of=closed)
        shown = page(story, nina, "/c/valves/")
        assert "Ask to join" in shown
        assert "Pumps" in shown
        for hidden in ("Does it hum?", 'class="ring', "Fay", "most-used", "<section><h2>Somebody"):
            assert hidden not in shown.split("<main")[1].split("</main>")[0], hidden

    def test_whoever_has_asked_reads_that_it_waits(self, story: Story, closed: Community, nina: Person) -> None:
        acts.ask_to_join(nina, closed, words="")
        shown = page(story, nina, "/c/valves/")
        assert "Your request is waiting" in shown
        assert 'requests"' not in shown

    def test_a_private_one_is_not_there(self, story: Story, quiet: Community, nina: Person) -> None:
        assert story.browser(nina).get("/c/quiet/").status_code == 404
        assert story.browser(story.operator).get("/c/quiet/").status_code == 404

    def test_a_sponsor_from_outside_reads_no_name_and_no_words(self, story: Story) -> None:
        story.ask(story.member("Lea"), "Does it hum?")
        staged(story, Stage.MATURING)
        shown = page(story, story.serving("Sam", RoleKind.SPONSOR))
        assert "You serve here" in shown
        assert 'href="/c/pump-crews/objectives/">Objectives</a>' in shown
        for hidden in ("Does it hum?", "Lea", "Fay", "most-used", "people</a>"):
            assert hidden not in shown, hidden

    def test_requests_stand_before_what_is_alive(self, story: Story, closed: Community, nina: Person) -> None:
        acts.ask_to_join(nina, closed, words="Please")
        story.ask(story.facilitator, "Does it hum?", of=closed)
        shown = page(story, story.facilitator, "/c/valves/")
        assert 0 < shown.index('id="requests"') < shown.index("Does it hum?")
        assert 'id="requests"' not in page(story, story.member("Lea", of=closed), "/c/valves/")


class TestWaiting:
    def test_newcomers_are_first_then_the_newest(self, story: Story, nina: Person) -> None:
        lea = story.member("Lea")
        acts.join(nina, story.community, experience=Experience.NEW)
        for person, title in ((lea, "First"), (nina, "A newcomer's"), (lea, "Last")):
            story.ask(person, title)
        rows = alive(story, story.facilitator)["Somebody waits for an answer"]
        assert [title for title, _line in rows] == ["A newcomer&#39;s", "Last", "First"]
        assert rows[0][1].startswith("Nina, ")

    def test_an_offer_waits_for_no_answer_and_what_is_answered_neither(self, story: Story) -> None:
        lea = story.member("Lea")
        story.ask(lea, "I can show it", kind=Kind.OFFER)
        story.respond(story.facilitator, story.ask(lea, "Answered"))
        assert "Somebody waits for an answer" not in alive(story, lea)

    def test_one_s_own_is_said_so(self, story: Story) -> None:
        lea = story.member("Lea")
        story.ask(lea, "Mine")
        [(title, line)] = alive(story, lea)["Somebody waits for an answer"]
        assert (title, line.split(",")[0]) == ("Mine", "you asked just now")

    def test_of_many_a_few_are_shown_and_where_the_rest_is(self, story: Story) -> None:
        lea = story.member("Lea")
        for number in range(5):
            story.ask(lea, f"Question {number}")
        assert len(alive(story, lea)["Somebody waits for an answer"]) == 3
        assert 'href="/c/pump-crews/exchanges/?status=open">All that wait</a>' in page(story, lea)

    def test_where_nothing_is_a_sentence_says_how_it_begins(self, story: Story, nina: Person) -> None:
        assert "Whoever asks begins it." in page(story, story.facilitator)
        assert "Whoever asks begins it." not in page(story, nina)


class TestStages:
    @pytest.mark.parametrize("stage", Stage)
    def test_topics_are_what_there_is_while_people_find_each_other(self, story: Story, stage: Stage) -> None:
        story.ask(story.facilitator, topics=["seals"])
        staged(story, stage)
        shown = alive(story, story.facilitator)
        assert ("What people bring up" in shown) == (stage == Stage.POTENTIAL)

    @pytest.mark.parametrize(("stage", "ring", "reason"), [
        (Stage.POTENTIAL, False, "People are finding each other"),
        (Stage.COALESCING, True, "trust comes first"),
        (Stage.MATURING, True, ""),
        (Stage.STEWARDSHIP, True, ""),
        (Stage.TRANSFORMATION, False, "that is no failure"),
    ])  # fmt: skip
    def test_what_is_not_counted_is_said_with_its_reason(
        self, story: Story, stage: Stage, ring: bool, reason: str
    ) -> None:
        story.ask(story.facilitator)
        staged(story, stage)
        shown = page(story, story.facilitator)
        assert ('class="ring small"' in shown) == ring
        assert (reason in shown) if reason else ("figcaption" not in shown)


class TestPractices:
    """Of a crew whose community is maturing, at its own moment."""

    def test_a_round_says_how_long_and_whose_turn_it_is(self, crew: Crew) -> None:
        story, proposal = crew.story, crew.proposed()
        staged(story, Stage.MATURING)
        [(title, line)] = alive(story, crew.ines)["Being decided"]
        assert (title, line.split(", ")[0]) == (proposal.title, "your turn")
        assert "days left" in line
        story.stand(crew.ines, proposal)
        assert "your turn" not in alive(story, crew.ines)["Being decided"][0][1]

    def test_one_s_own_turn_is_before_what_closes_sooner(self, crew: Crew) -> None:
        story = crew.story
        staged(story, Stage.MATURING)
        sooner = crew.proposed(crew.candidate(title="Sooner"))
        with clock.at(clock.now() + timedelta(days=1)):
            later = crew.proposed(crew.candidate(title="Later"))
        assert [title for title, _ in alive(story, crew.ines)["Being decided"]] == ["Sooner", "Later"]
        story.stand(crew.ines, sooner)
        assert [title for title, _ in alive(story, crew.ines)["Being decided"]] == [later.title, sooner.title]

    def test_an_objection_is_said_without_a_name(self, crew: Crew) -> None:
        proposal = crew.proposed()
        crew.objected(proposal, by=crew.ines)
        staged(crew.story, Stage.MATURING)
        [(_title, line)] = alive(crew.story, crew.lea)["Being decided"]
        assert "an objection stands" in line
        assert "Ines" not in line

    def test_what_is_agreed_is_news_for_a_time(self, crew: Crew) -> None:
        practice = crew.accepted()
        staged(crew.story, Stage.MATURING)
        [(title, line)] = alive(crew.story, crew.ines)["Lately agreed on"]
        assert title == practice.title
        assert line.startswith("agreed ")
        with clock.at(clock.now() + timedelta(days=120)):
            assert "Lately agreed on" not in alive(crew.story, crew.ines)

    def test_what_was_used_says_how_it_went_and_by_nobody(self, crew: Crew) -> None:
        practice = crew.candidate()
        crew.used(practice, "Pump 5", outcome="failed", by=crew.ines)
        staged(crew.story, Stage.MATURING)
        assert alive(crew.story, crew.lea)["Used lately"] == [(practice.title, "2 times, once it failed")]
        with clock.at(clock.now() + timedelta(days=31)):
            assert "Used lately" not in alive(crew.story, crew.lea)

    def test_a_sponsor_from_outside_reads_of_no_practice(self, crew: Crew) -> None:
        crew.accepted()
        crew.proposed(crew.candidate(title="Another"))
        staged(crew.story, Stage.MATURING)
        assert alive(crew.story, crew.story.serving("Sam", RoleKind.SPONSOR)) == {}

    def test_what_is_due_comes_first_once_a_community_keeps_what_it_has(self, crew: Crew) -> None:
        practice = crew.accepted()
        crew.story.ask(crew.lea, "Waits")
        with clock.at(clock.now() + timedelta(days=400)):
            jobs.let_time_pass()
            for stage, first in ((Stage.MATURING, "Somebody waits for an answer"),
                                 (Stage.STEWARDSHIP, "To be looked at again")):  # fmt: skip
                staged(crew.story, stage)
                shown = alive(crew.story, crew.ines)
                assert next(iter(shown)) == first
                assert [title for title, _line in shown["To be looked at again"]] == [practice.title]

    def test_who_lets_go_is_shown_what_nobody_looks_after(self, crew: Crew) -> None:
        practice = crew.accepted()
        staged(crew.story, Stage.TRANSFORMATION)
        shown = alive(crew.story, crew.ines)
        assert ("To hand on" in shown) == (practice.steward_id is None)
        if practice.steward_id:
            acts.leave(practice.steward, crew.community)
            shown = alive(crew.story, crew.ines)
        assert shown["To hand on"] == [(practice.title, "nobody looks after it")]


@pytest.mark.parametrize(("times", "failed", "words"), [
    (1, 0, "once, it worked"),
    (1, 1, "once, it failed"),
    (3, 0, "3 times, it worked"),
    (3, 1, "3 times, once it failed"),
    (4, 2, "4 times, 2 times it failed"),
    (2, 2, "2 times, it failed"),
])  # fmt: skip
def test_how_it_went_in_a_few_words(times: int, failed: int, words: str) -> None:
    assert how_it_went(times, failed) == words


def test_communities_are_found_by_what_they_are_about(story: Story, quiet: Community, nina: Person) -> None:
    story.found("valves", "Keepers", by=story.facilitator, visibility=Visibility.CLOSED, domain="Vannes à passage")
    browser = story.browser(nina)
    matching = browser.get("/c/?q=VANNES A").content.decode()
    assert "Keepers" in matching
    assert "Pump crews" not in matching
    assert "joining is on request" in matching
    assert "open: read, and join at once" in browser.get("/c/?q=pump").content.decode()
    assert "Quiet circle" not in browser.get("/c/?q=quiet things").content.decode()
    assert "you are a member" in story.browser(story.facilitator).get("/c/?q=pump").content.decode()
