"""Whoever offers to welcome newcomers is named to them and told of each; until somebody does, whoever facilitates."""

import pytest

from commonplace.communities import acts, welcoming
from commonplace.communities.models import Community, Person, RoleKind, Welcoming
from commonplace.corresponding.models import Notice
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story

AT = "/c/pump-crews/membership/welcoming"
HERE = "/c/pump-crews/"


@pytest.fixture
def ines(story: Story) -> Person:
    return story.member("Ines Duarte")


@pytest.fixture
def welcomes(story: Story, ines: Person) -> Person:
    acts.set_welcoming(ines, story.community, welcomes=True)
    return ines


def page(story: Story, person: Person, at: str = HERE) -> str:
    return " ".join(story.browser(person).get(at).content.decode().split())


def names(story: Story, reader: Person) -> list[str]:
    return [one.name for one in welcoming.welcomers(reader, story.community)]


def noticed(person: Person) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(person=person).everywhere("test").order_by("pk")
    return [(row.occasion, row.because) for row in rows]


def test_a_member_offers_it_by_a_press_and_takes_it_back(story: Story, ines: Person) -> None:
    browser = story.browser(ines)
    assert "I welcome newcomers" in page(story, ines)
    assert "you are told of each" in browser.post(AT, {"welcomes": "yes"}, follow=True).content.decode()
    assert evidence_of("member.welcoming_set").welcomes
    assert last("member.welcoming_set").actor == ines.pk
    assert names(story, story.facilitator) == ["Ines Duarte"]
    assert "I welcome them no more" in page(story, ines)
    browser.post(AT, {"welcomes": "no"})
    assert names(story, story.facilitator) == []
    assert not evidence_of("member.welcoming_set").welcomes


@pytest.mark.parametrize("again", [True, False])
def test_it_is_not_set_to_what_it_is(story: Story, ines: Person, again: bool) -> None:
    if again:
        acts.set_welcoming(ines, story.community, welcomes=True)
    with pytest.raises(NotPossible, match="already" if again else "do not welcome"):
        acts.set_welcoming(ines, story.community, welcomes=again)


def test_whoever_is_no_member_does_not_welcome(story: Story, nina: Person) -> None:
    for person in (nina, story.serving("Sam", RoleKind.SPONSOR)):
        with pytest.raises(NotAllowed):
            acts.set_welcoming(person, story.community, welcomes=True)


def test_a_bot_welcomes_nobody(story: Story, welcomes: Person) -> None:
    acts.set_bot(story.operator, welcomes, bot=True)
    assert names(story, story.facilitator) == []
    assert "membership/welcoming" not in page(story, welcomes)
    with pytest.raises(NotAllowed):
        acts.set_welcoming(welcomes, story.community, welcomes=False)


def test_it_ends_with_the_membership_and_does_not_come_back_with_it(story: Story, welcomes: Person) -> None:
    acts.leave(welcomes, story.community)
    assert not Welcoming.objects.everywhere("test").exists()
    acts.join(welcomes, story.community)
    assert names(story, story.facilitator) == []


def test_members_read_who_welcomes_and_nobody_else_does(story: Story, welcomes: Person, nina: Person) -> None:
    assert "welcomes newcomers" in page(story, story.member("Lea"))
    for person in (nina, story.serving("Sam", RoleKind.SPONSOR), story.operator):
        assert names(story, person) == []
        assert "Ines" not in page(story, person)


def test_each_community_has_its_own(story: Story, welcomes: Person, closed: Community) -> None:
    assert welcoming.welcomers(story.facilitator, closed) == []
    assert welcoming.to_be_told(closed.pk) == []


def test_who_joins_reads_whom_to_ask(story: Story, nina: Person, ines: Person) -> None:
    acts.set_welcoming(ines, story.community, welcomes=True)
    after = story.browser(nina).post("/c/pump-crews/membership", follow=True).content.decode()
    assert "Ines Duarte welcomes newcomers: ask anything." in after


def test_until_somebody_offers_it_is_whoever_facilitates(story: Story, nina: Person) -> None:
    after = story.browser(nina).post("/c/pump-crews/membership", follow=True).content.decode()
    assert "Fay Facilitator facilitates: ask anything." in after


def test_several_are_named_together(story: Story, welcomes: Person, nina: Person) -> None:
    acts.set_welcoming(story.member("Ann"), story.community, welcomes=True)
    acts.join(nina, story.community)
    assert welcoming.in_words(nina, story.community) == "Ines Duarte and Ann welcome newcomers: ask anything."
    assert welcoming.in_words(welcomes, story.community) == "Ann welcomes newcomers: ask anything."


def test_whoever_welcomes_is_told_who_joins(story: Story, welcomes: Person, nina: Person) -> None:
    acts.join(nina, story.community)
    assert ("joined", "welcomes") in noticed(welcomes)
    assert [row for row in noticed(story.facilitator) if row[0] == "joined"] == [("joined", "facilitates")]


def test_whoever_welcomes_is_told_who_comes_by_an_invitation(story: Story, welcomes: Person) -> None:
    story.member("Zoe")
    assert ("came_by_invitation", "welcomes") in noticed(welcomes)


def test_whoever_welcomes_is_told_that_somebody_was_let_in(story: Story, closed: Community, nina: Person) -> None:
    lea = story.member("Lea", of=closed)
    acts.set_welcoming(lea, closed, welcomes=True)
    for admitted in (False, True):
        request = acts.ask_to_join(nina, closed, words="")
        acts.answer_request(story.facilitator, request, admitted=admitted)
    acts.add_member(story.facilitator, closed, person=story.person("Never Here"))
    assert noticed(lea).count(("let_in", "welcomes")) == 2


def test_pressed_in_two_windows_it_is_as_it_was_wanted(story: Story, welcomes: Person) -> None:
    browser = story.browser(welcomes)
    assert [browser.post(AT, {"welcomes": "yes"}).status_code for _ in range(2)] == [302, 302]
    assert [browser.post(AT).status_code for _ in range(2)] == [302, 302]
