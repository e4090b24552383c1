"""Who comes in, serves and steers is told what became of it; and those for whom there is something to do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonplace.communities import acts
from commonplace.communities.models import JoinRequest, Person, RoleKind, Stage, Visibility
from commonplace.corresponding.models import Notice
from commonplace.externalizing import acts as exchange_acts
from commonplace.externalizing.models import LinkKind, Purpose
from commonplace.ledger.effects import SUBSCRIPTIONS
from commonplace.ledger.models import Act
from tests.corresponding.noticed import badge, noticed, words
from tests.story import Story, role_of


@pytest.fixture
def fay(story: Story) -> Person:
    return story.facilitator


@pytest.fixture
def zoe(story: Story) -> Person:
    """Not of the community yet."""
    return story.person("Zoe")


def forgotten() -> None:
    """What came before does not matter."""
    Notice.objects.everywhere("test").delete()


def requested(story: Story, person: Person) -> JoinRequest:
    acts.set_profile(story.facilitator, story.community, visibility=Visibility.CLOSED)
    forgotten()
    return acts.ask_to_join(person, story.community, words="Please.")


class TestComingIn:
    def test_who_facilitates_is_told_who_asks_to_join(self, story: Story, fay: Person, zoe: Person) -> None:
        requested(story, zoe)
        assert "Pump crews Community Zoe asks to join you facilitate here" in words(story, fay)

    @pytest.mark.parametrize(("admitted", "answer"), [(True, "You are a member now"), (False, "You were not let in")])
    def test_who_asked_is_told_at_once(
        self, story: Story, fay: Person, zoe: Person, admitted: bool, answer: str
    ) -> None:
        acts.answer_request(fay, requested(story, zoe), admitted=admitted)
        assert f"{answer} you asked to join" in words(story, zoe)
        assert Notice.objects.everywhere("test").get(person=zoe).at_once

    def test_who_invited_is_told_who_came(self, story: Story, fay: Person) -> None:
        story.member("Zoe")
        assert "Zoe came in by an invitation you made the invitation" in words(story, fay)

    def test_who_joins_by_themselves_is_told_to_who_facilitates(self, story: Story, fay: Person, zoe: Person) -> None:
        acts.join(zoe, story.community)
        assert noticed(fay) == [("joined", "facilitates")]

    def test_who_is_added_by_the_operator_is_told(self, story: Story, fay: Person, zoe: Person) -> None:
        acts.add_member(fay, story.community, person=zoe)
        assert "You were added as a member it is about you" in words(story, zoe)


class TestServing:
    def test_who_is_asked_to_serve_is_told_at_once_also_from_outside_a_private_community(self, story: Story) -> None:
        private = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.PRIVATE)
        sam = story.person("Sam")
        role = acts.grant_role(story.facilitator, private, person=sam, kind=RoleKind.SPONSOR)
        assert "Valves Community Somebody asks you to serve it is about you" in words(story, sam)
        assert role.get_absolute_url() in story.browser(sam).get("/notices/").content.decode()
        assert Notice.objects.everywhere("test").get(person=sam).at_once

    def test_who_asked_them_is_told_of_yes_and_of_no(self, story: Story, fay: Person) -> None:
        for accepts, occasion in ((True, "role_accepted"), (False, "role_refused")):
            sam = story.person(f"Sam {accepts}")
            role = acts.grant_role(fay, story.community, person=sam, kind=RoleKind.SPONSOR)
            forgotten()
            (acts.accept_role if accepts else acts.end_role)(sam, role)
            assert noticed(fay) == [(occasion, "offered")]

    def test_what_was_offered_to_who_said_no_is_counted_no_more(self, story: Story) -> None:
        private = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.PRIVATE)
        sam = story.person("Sam")
        acts.end_role(sam, acts.grant_role(story.facilitator, private, person=sam, kind=RoleKind.SPONSOR))
        assert "Valves" not in words(story, sam) + words(story, sam, "/notices/?put-away")
        assert badge(story, sam) == ""

    def test_a_role_that_is_given_handed_over_or_ended_is_told_to_whose_it_is(self, story: Story, fay: Person) -> None:
        ida, max_ = story.member("Ida"), story.member("Max")
        forgotten()
        acts.grant_role(fay, story.community, person=ida, kind=RoleKind.STEWARD)
        acts.hand_over_role(fay, role_of(ida), successor=max_)
        acts.end_role(fay, role_of(max_))
        assert noticed(ida) == [("role_given", "you"), ("role_handed_over", "you")]
        assert noticed(max_) == [("role_handed_over", "follows"), ("role_ended", "you")]

    def test_reading_what_is_asked_of_one_puts_it_away(self, story: Story) -> None:
        private = story.found("valves", "Valves", by=story.facilitator, visibility=Visibility.PRIVATE)
        sam = story.person("Sam")
        role = acts.grant_role(story.facilitator, private, person=sam, kind=RoleKind.SPONSOR)
        assert badge(story, sam) == "1"
        assert badge(story, sam, role.get_absolute_url()) == ""
        assert badge(story, sam) == ""

    def test_the_front_page_puts_it_away(self, story: Story, fay: Person) -> None:
        ida = story.member("Ida")
        acts.grant_role(fay, story.community, person=ida, kind=RoleKind.STEWARD)
        assert badge(story, ida) == "1"
        assert badge(story, ida, "/c/pump-crews/") == ""
        assert badge(story, ida) == ""


class TestAgreed:
    def test_a_charter_is_told_to_each_member_once_in_the_digest(self, story: Story, fay: Person) -> None:
        ida = story.member("Ida")
        story.rule(quorum=50)
        assert "The community has a new charter you are a member" in words(story, ida)
        mine = Notice.objects.everywhere("test").filter(person=ida, occasion="charter_set")
        assert [one.at_once for one in mine] == [False]

    def test_of_thousands_the_members_are_asked_once(self, story: Story, fay: Person) -> None:
        for number in range(5):
            story.member(f"Member {number}")
        story.rule(quorum=50)
        act = Act.objects.everywhere("test").filter(verb="charter.set").latest("pk")
        react = next(one.react for one in SUBSCRIPTIONS if one.name == "corresponding.occasions")
        forgotten()
        with CaptureQueriesContext(connection) as asked:
            react([act])
        assert Notice.objects.everywhere("test").count() == 6
        assert len(asked) <= 8

    def test_another_stage_is_told_to_who_facilitates(self, story: Story, fay: Person) -> None:
        second = story.serving("Second", RoleKind.FACILITATOR)
        forgotten()
        acts.set_stage(fay, story.community, stage=Stage.MATURING)
        assert (noticed(second), noticed(fay)) == ([("stage_set", "facilitates")], [])


class TestExchanges:
    def test_who_answered_is_told_that_it_is_closed(self, story: Story, fay: Person) -> None:
        lea, omar = story.member("Lea"), story.member("Omar")
        exchange = story.resolved(lea, omar)
        forgotten()
        exchange_acts.close(fay, exchange, purpose=Purpose.REUSE)
        assert noticed(omar) == [("closed", "answered")]
        assert noticed(lea) == [("closed", "yours")]

    def test_whose_exchange_was_linked_is_told(self, story: Story) -> None:
        lea, omar = story.member("Lea"), story.member("Omar")
        exchange = story.ask(lea)
        exchange_acts.link(omar, exchange, other=story.ask(omar, title="Another"), kind=LinkKind.LINKED)
        assert noticed(lea) == [("linked", "yours")]
