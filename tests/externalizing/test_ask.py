"""T1: any member opens an exchange, as unfinished as it may be, under topics by any of their names."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from commonplace.communities.acts import set_welcoming
from commonplace.communities.models import Community, Person
from commonplace.communities.waiting import needs
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Opened
from commonplace.externalizing.lengths import LONGEST_TEXT, LONGEST_TITLE, LONGEST_TOPIC, MOST_TOPICS
from commonplace.externalizing.models import Exchange, Kind, Purpose, Topic
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.corresponding.noticed import noticed
from tests.externalizing.reading import acts_of, last, refusal, status
from tests.story import Story

CREATE = "/c/pump-crews/exchanges/create"
TYPED = {"kind": "request", "purpose": "reuse", "title": "Prime lost", "body": "Help *please*"}


def named(story: Story) -> list[str]:
    return sorted(topic.name for topic in Topic.objects.filter(community=story.community).everywhere("test"))


def test_it_is_open_until_somebody_else_responds(story: Story, exchange: Exchange) -> None:
    assert status(exchange) == "open"


def test_only_members_ask(story: Story) -> None:
    with pytest.raises(NotAllowed, match="members of the community"):
        story.ask(story.person("Stranger"))


def test_who_asks_is_the_opener_whatever_the_caller_says(story: Story, lea: Person, elsewhere: Community) -> None:
    forged = Exchange(title="Prime lost", body="Help", opener=story.facilitator, community=elsewhere)
    exchange = acts.ask(lea, story.community, exchange=forged)
    assert (exchange.opener, exchange.community) == (lea, story.community)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "in one line"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "in one line"),
        ({"body": "\n "}, "say something"),
        ({"body": "x" * (LONGEST_TEXT + 1)}, "more than"),
        ({"topics": [f"Topic {number}" for number in range(MOST_TOPICS + 1)]}, "At most six"),
        ({"topics": ["x" * (LONGEST_TOPIC + 1)]}, "At most six"),
    ],
)
def test_it_says_something_in_few_words(story: Story, lea: Person, fields: dict[str, object], words: str) -> None:
    with pytest.raises(NotPossible, match=words):
        story.ask(lea, **fields)
    assert not Exchange.objects.everywhere("test").exists()


def test_the_ledger_keeps_kind_purpose_and_the_topics_by_their_ids(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, kind=Kind.STORY, purpose=Purpose.CREATION, topics=["Pumps", "Night shift"])
    ids = sorted(topic.pk for topic in exchange.topics)
    assert Opened.of(last("exchange.opened")) == Opened(
        kind=Kind.STORY, purpose=Purpose.CREATION, topic_ids=ids, mentions=[]
    )


def test_a_new_name_makes_a_topic_and_the_ledger_knows_it(story: Story, lea: Person) -> None:
    exchange = story.ask(lea, topics=["Night  shift"])
    assert named(story) == ["Night shift"]
    assert [act.object for act in acts_of("topic.named")] == [exchange.topics[0].pk]


@pytest.mark.parametrize("again", ["pumps", "PUMPS", " Pumps ", "Pümps", "Ｐｕｍｐｓ"])
def test_a_name_is_matched_without_case_accents_and_spaces(story: Story, lea: Person, again: str) -> None:
    first = story.ask(lea, topics=["Pumps"])
    assert story.ask(lea, topics=[again]).topics == first.topics
    assert named(story) == ["Pumps"]


def test_two_spellings_in_one_question_are_one_topic(story: Story, lea: Person) -> None:
    assert [topic.name for topic in story.ask(lea, topics=["Pumps", "pumps", " "]).topics] == ["Pumps"]


def test_letters_that_are_no_accents_stay_apart(story: Story, lea: Person) -> None:
    story.ask(lea, topics=["कि", "कु"])
    assert len(named(story)) == 2


def test_an_alias_leads_to_its_topic(story: Story, lea: Person) -> None:
    topic = story.ask(lea, topics=["Pumps"]).topics[0]
    acts.alias_topic(story.facilitator, topic, name="Pompes")
    assert story.ask(lea, topics=["pompes"]).topics == [topic]


def test_each_community_names_its_own(story: Story, lea: Person, elsewhere: Community) -> None:
    here, there = story.ask(lea, topics=["Pumps"]), story.ask(lea, of=elsewhere, topics=["Pumps"])
    assert [topic.community for topic in here.topics] == [story.community]
    assert [topic.community for topic in there.topics] == [elsewhere]


def test_who_asks_waits_for_nobody_but_themselves(story: Story, lea: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    locked: list[object] = []
    monkeypatch.setattr("commonplace.ledger.act.lock", locked.extend)
    story.ask(lea)
    assert locked == [lea]


def test_in_the_browser(story: Story, lea: Person) -> None:
    page = story.browser(lea).post(CREATE, {**TYPED, "topics": "Pumps, pumps , Night shift"}, follow=True)
    assert "<em>please</em>" in page.content.decode()
    exchange = Exchange.objects.visible_to(lea).get(title="Prime lost")
    assert [topic.name for topic in exchange.topics] == ["Night shift", "Pumps"]


@pytest.mark.parametrize("wrong", [{"title": ""}, {"topics": "a, b, c, d, e, f, g"}, {"title": "x" * 201}])
def test_a_refused_question_is_explained_and_kept(story: Story, lea: Person, wrong: dict[str, str]) -> None:
    page = refusal(story.browser(lea), CREATE, **{**TYPED, "body": "Half a thought", **wrong})
    assert "Half a thought" in page
    assert 'role="alert"' in page


def test_who_may_read_but_not_ask_is_told_so(story: Story) -> None:
    assert story.browser(story.person("Stranger")).post(CREATE, TYPED).status_code == 403
    assert reverse("create_exchange", args=["pump-crews"]) == CREATE


class TestHello:
    """Who has just come says who they are; nothing waits for anybody."""

    @pytest.fixture
    def nina(self, story: Story, now: datetime) -> Iterator[Person]:
        with clock.at(now + timedelta(days=200)):
            yield story.member("Nina")

    def test_the_form_names_who_answers_and_asks_two_things(self, story: Story, nina: Person) -> None:
        page = story.browser(nina).get(reverse("hello", args=["pump-crews"])).content.decode()
        assert "Fay Facilitator" in page
        assert "reads it first and answers." in page
        assert re.findall(r'<textarea name="(\w+)"', page) == ["body", "wish"]

    def test_it_is_a_story_under_no_topic_and_whoever_welcomes_is_told(self, story: Story, nina: Person) -> None:
        typed = {"body": "I keep the pumps of the *night shift*.", "wish": "Sealing"}
        page = story.browser(nina).post(reverse("say_hello", args=["pump-crews"]), typed, follow=True)
        hello = Exchange.objects.everywhere("test").get()
        assert (hello.kind, hello.title, hello.topics) == ("story", "Hello: I keep the pumps of the night shift.", [])
        assert hello.body.endswith("**What I would like to learn**\n\nSealing")
        assert "Nobody has answered" not in page.content.decode()
        assert noticed(story.facilitator, "said_hello") == [("said_hello", "facilitates")]

    def test_whoever_welcomes_is_told_before_who_facilitates(self, story: Story, nina: Person) -> None:
        ines = story.member("Ines")
        set_welcoming(ines, story.community, welcomes=True)
        page = story.browser(nina).get(reverse("hello", args=["pump-crews"])).content.decode()
        assert "Ines reads it first" in page
        story.ask(nina, kind=Kind.STORY, title="Hello")
        assert noticed(ines, "said_hello") == [("said_hello", "welcomes")]
        assert noticed(story.facilitator, "said_hello") == []

    def test_only_the_first_that_a_newcomer_tells_is_told_to_them(self, story: Story, nina: Person) -> None:
        story.ask(nina, kind=Kind.REQUEST, title="Which seal?")
        assert noticed(story.facilitator, "said_hello") == []
        for title in ("How pump 4 blew up", "And pump 5"):
            story.ask(nina, kind=Kind.STORY, title=title)
        assert len(noticed(story.facilitator, "said_hello")) == 1
        with clock.at(clock.now() + timedelta(days=400)):
            story.ask(story.member("Otto"), kind=Kind.REQUEST, title="Long after")
        assert len(noticed(story.facilitator, "said_hello")) == 1

    @pytest.mark.parametrize(
        ("body", "title"),
        [
            ("- I keep the pumps\n- and the seals", "Hello: I keep the pumps and the seals"),
            ("# Nina\n\nNight shift", "Hello: Nina Night shift"),
            ("> A quote", "Hello: A quote"),
            ("Pumps <!-- c -->", "Hello: Pumps"),
        ],
    )
    def test_it_is_called_by_its_words_and_no_signs(self, story: Story, nina: Person, body: str, title: str) -> None:
        story.browser(nina).post(reverse("say_hello", args=["pump-crews"]), {"body": body})
        assert Exchange.objects.everywhere("test").get().title == title

    def test_who_does_not_belong_is_told_before_they_type_and_after(self, story: Story) -> None:
        browser = story.browser(story.person("Stranger"))
        for answer in (
            browser.get(reverse("hello", args=["pump-crews"])),
            browser.post(reverse("say_hello", args=["pump-crews"]), {"body": ""}),
            browser.post(reverse("say_hello", args=["pump-crews"]), {"body": "Hello"}),
        ):
            assert answer.status_code == 403

    def test_there_is_nothing_to_close_of_a_story(self, story: Story, nina: Person) -> None:
        hello = story.ask(nina, kind=Kind.STORY, title="The night shift")
        assert "Close this exchange" not in story.browser(nina).get(hello.get_absolute_url()).content.decode()

    @pytest.mark.parametrize("kind", [Kind.STORY, Kind.OFFER])
    def test_what_was_given_waits_nowhere_whatever_is_said_to_it(self, story: Story, nina: Person, kind: Kind) -> None:
        given = story.ask(nina, kind=kind, title="The night shift")
        with clock.at(clock.now() + timedelta(days=9)):
            for _ in range(2):
                assert status(given) == "shared"
                assert not [need for who in (nina, story.facilitator) for need in needs(who) if need.by == "exchanges"]
                browser = story.browser(story.facilitator)
                for waits in ("open", "unfinished", "waiting-long", "answered"):
                    page = browser.get(reverse("exchanges", args=["pump-crews"]), {"status": waits}).content.decode()
                    assert "The night shift" not in page, waits
                assert "The night shift" in browser.get("/c/pump-crews/exchanges/?status=shared").content.decode()
                assert "The night shift" in browser.get(given.topics[0].get_absolute_url()).content.decode()
                story.respond(story.facilitator, given)
