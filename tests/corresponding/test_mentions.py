"""A member whose name stands after an @ is told, at once; nobody else is, and nobody else's name is marked."""

import re

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Installation, Membership, Person
from commonplace.corresponding.models import Notice
from commonplace.externalizing import acts
from commonplace.externalizing.evidence import Edited, Opened, Responded
from commonplace.externalizing.models import Exchange, Response, ResponseKind
from commonplace.ledger.models import Act
from tests.corresponding.noticed import noticed, words
from tests.corresponding.test_people import forgotten
from tests.story import Story

TELL = "Tell somebody"


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar El-Sayed")


def last(verb: str) -> Act:
    return Act.objects.everywhere("test").filter(verb=verb).latest("pk")


def html(exchange: Exchange | Response) -> str:
    exchange.refresh_from_db()
    return exchange.html


class TestTold:
    def test_who_is_named_in_a_question_is_told_at_once_and_where(
        self, story: Story, lea: Person, omar: Person
    ) -> None:
        exchange = story.ask(lea, title="Which seal?", body="@omar el-sayed, which one?")
        assert "Which seal? Exchange Lea mentioned you you are named in it" in words(story, omar)
        assert Notice.objects.everywhere("test").get(person=omar).at_once
        assert Opened.of(last("exchange.opened")).mentions == [omar.pk]
        assert '<span class="named">@omar el-sayed</span>' in html(exchange)

    def test_in_an_answer_and_a_comment(self, story: Story, lea: Person, omar: Person) -> None:
        ida = story.member("Ida")
        exchange = story.ask(lea)
        answer = story.respond(omar, exchange, body="As @Ida knows.")
        assert Responded.of(last("exchange.responded")).mentions == [ida.pk]
        story.respond(ida, exchange, body="@Lea too.", kind=ResponseKind.COMMENT, comments_on=answer)
        assert noticed(ida) == [("mentioned", "mentioned")]
        assert noticed(lea) == [("answered", "asked"), ("mentioned", "mentioned")]

    def test_an_answer_to_what_one_asked_stays_one_though_it_names_the_asker(
        self, story: Story, lea: Person, omar: Person
    ) -> None:
        story.respond(omar, story.ask(lea), body="@Lea, bleed it.")
        assert noticed(lea) == [("answered", "asked")]

    def test_of_words_that_were_mended_only_who_is_newly_named(self, story: Story, lea: Person, omar: Person) -> None:
        ida, exchange = story.member("Ida"), story.ask(lea, body="@Omar El-Sayed?")
        forgotten()
        acts.edit(lea, exchange, title=exchange.title, body="@Omar El-Sayed, @Ida?", seen=exchange.fingerprint)
        assert (noticed(omar), noticed(ida)) == ([], [("mentioned", "mentioned")])
        assert Edited.of(last("exchange.edited")).mentions == [ida.pk]

    def test_oneself_is_told_nothing(self, story: Story, lea: Person) -> None:
        story.ask(lea, body="I, @Lea, ask.")
        assert noticed(lea) == []
        assert Opened.of(last("exchange.opened")).mentions == []

    def test_twenty_at_the_most(self, story: Story, lea: Person) -> None:
        people = [story.member(f"Pat {'abcdefghijklmnopqrstuv'[at]}") for at in range(22)]
        story.ask(lea, body=" ".join(f"@{one.name}" for one in people))
        assert Opened.of(last("exchange.opened")).mentions == [one.pk for one in people[:20]]


class TestRecognized:
    def mentioned(self, story: Story, by: Person, body: str) -> list[str]:
        story.ask(by, body=body)
        ids = Opened.of(last("exchange.opened")).mentions or []
        return [Person.objects.get(pk=pk).known_as for pk in ids]

    def test_the_longest_name_that_fits(self, story: Story, lea: Person) -> None:
        story.member("Lea Moreau")
        assert self.mentioned(story, story.facilitator, "@Lea Moreau, and @Lea or @Lea M.") == ["Lea Moreau", "Lea"]

    def test_two_of_one_name_are_told_apart_by_their_number(self, story: Story, lea: Person) -> None:
        story.invited(self.namesake(story))
        assert self.mentioned(story, story.facilitator, "@Lea (2)") == ["Lea (2)"]
        assert self.mentioned(story, story.facilitator, "Or @Lea") == ["Lea"]

    def test_one_whose_namesake_is_elsewhere_needs_no_number(self, story: Story) -> None:
        story.person("Kim")
        kim = story.invited(self.namesake(story, "Kim"))
        assert self.mentioned(story, story.facilitator, "@Kim") == [kim.known_as]

    def test_who_has_no_way_in_is_a_word(self, story: Story, lea: Person) -> None:
        Person.objects.filter(pk=lea.pk).update(is_active=False)
        assert self.mentioned(story, story.facilitator, "@Lea") == []

    def test_however_it_is_spelled(self, story: Story) -> None:
        for name in ("Zoë Müller", "Jean-Luc d’Arc", "田中"):
            story.invited(self.namesake(story, name))
        body = "@ZOE  MULLER's, @jean-luc d’arc: ありがとう@田中さん"
        assert self.mentioned(story, story.facilitator, body) == ["Zoë Müller", "Jean-Luc d’Arc", "田中"]

    @pytest.mark.parametrize(
        "body",
        [
            "`@Lea`", "    @Lea", "```\n@Lea\n```", "[@Lea](https://example.org)", "https://example.org/@Lea",
            "lea@lea.org, max@Lea", "\\@Lea", "@Leander", "@lea.org", "@lea@example.org", "![@Lea](a.png)", "@ Lea",
        ],
    )  # fmt: skip
    def test_never_in_code_a_link_an_address_or_another_word(self, story: Story, lea: Person, body: str) -> None:
        exchange = story.ask(story.facilitator, body=body)
        assert Opened.of(last("exchange.opened")).mentions == []
        assert "named" not in html(exchange)

    def test_who_may_not_see_it_is_told_nothing_and_not_marked(self, story: Story, lea: Person, omar: Person) -> None:
        story.person("Ned")
        social.leave(omar, story.community)
        exchange = story.ask(lea, body="@Ned and @Omar El-Sayed?")
        assert Opened.of(last("exchange.opened")).mentions == []
        assert "named" not in html(exchange)
        assert not Notice.objects.everywhere("test").filter(occasion="mentioned").exists()

    def test_nobody_can_type_the_mark(self, story: Story, lea: Person) -> None:
        assert "<span" not in html(story.ask(lea, body='<span class="named">@Boss</span>'))

    def namesake(self, story: Story, name: str = "Lea") -> Person:
        made = Person(name=name, email=f"another.{len(name)}.{name.encode().hex()}@example.org")
        made.set_unusable_password()
        return social.add_person(story.operator, Installation.current(), person=made)


class TestChosen:
    def test_whom_one_chooses_from_the_list_is_named_at_the_end_and_told(
        self, story: Story, lea: Person, omar: Person
    ) -> None:
        at = "/c/pump-crews/exchanges/"
        assert TELL in words(story, lea, f"{at}new")
        sent = {"kind": "request", "purpose": "reuse", "title": "Which seal?", "body": "For acid.", "tell": [omar.pk]}
        story.browser(lea).post(f"{at}create", sent)
        exchange = Exchange.objects.visible_to(lea).get()
        assert exchange.body == "For acid.\n\n@Omar El-Sayed"
        assert noticed(omar) == [("mentioned", "mentioned")]

    def test_whom_the_text_names_already_is_not_named_again(self, story: Story, lea: Person, omar: Person) -> None:
        exchange, zoe = story.ask(story.facilitator), story.member("Zoe")
        sent = {"body": f"Ask @{omar.known_as} first.", "tell": [omar.pk, zoe.pk]}
        story.browser(lea).post(f"/c/pump-crews/exchanges/{exchange.pk}/responses", sent)
        assert Response.objects.visible_to(lea).get().body == "Ask @Omar El-Sayed first.\n\n@Zoe"
        assert (noticed(omar), noticed(zoe)) == ([("mentioned", "mentioned")],) * 2

    def test_in_an_answer_and_a_comment_too(self, story: Story, lea: Person, omar: Person) -> None:
        exchange = story.ask(story.facilitator)
        browser, at = story.browser(lea), f"/c/pump-crews/exchanges/{exchange.pk}"
        assert TELL in words(story, lea, exchange.get_absolute_url())
        browser.post(f"{at}/responses", {"body": "Bleed it.", "tell": [omar.pk]})
        assert noticed(omar) == [("mentioned", "mentioned")]

    def test_whoever_may_be_asked_about_its_topics_stands_first_with_their_words(
        self, story: Story, lea: Person, omar: Person
    ) -> None:
        ida, zoe = story.member("Ida"), story.member("Zoe")
        exchange = story.ask(lea, topics=("seals",))
        seals = exchange.topics[0].pk
        for person, says, topics in ((zoe, "Seals, and why they leak.", [seals]), (ida, "", [seals]), (omar, "x", [])):
            mine = Membership.objects.everywhere("test").get(person=person, community=story.community)
            social.set_known_for(person, mine, words=says, topics=topics, shows=[])
        page = story.browser(lea).get(exchange.get_absolute_url()).content.decode()
        offered = re.findall(r'name="tell"[^>]*>\s*(?:<span>)?\s*([^<\n]+)', page)
        assert offered[:2] == ["Ida: may be asked about this", "Zoe: Seals, and why they leak."]
        assert "Omar El-Sayed" in offered[2:]

    def test_nobody_else_can_be_chosen_and_what_was_typed_stays(self, story: Story, lea: Person) -> None:
        sent = {"kind": "request", "purpose": "reuse", "title": "Which?", "body": "For acid."}
        sent["tell"] = story.person("Ned").pk
        answer = story.browser(lea).post("/c/pump-crews/exchanges/create", sent)
        assert answer.status_code == 422
        assert "For acid." in answer.content.decode()

    def test_who_is_no_member_reads_no_names(self, story: Story, lea: Person) -> None:
        exchange = story.ask(story.facilitator)
        assert TELL not in words(story, story.person("Ned"), exchange.get_absolute_url())
