"""Joining an open community, at once; nobody belongs twice; one may say whether the work is new."""

import pytest
from django.db import IntegrityError, transaction

from commonplace.communities import acts
from commonplace.communities.evidence import How
from commonplace.communities.models import Community, Experience, Membership, Person
from commonplace.communities.policy import is_member
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.communities.recorded import evidence_of, last
from tests.story import Story

JOIN = "/c/pump-crews/membership"


def test_an_open_community_is_joined_at_once_and_left(story: Story, nina: Person) -> None:
    browser = story.browser(nina)
    assert "Join</button>" in browser.get("/c/pump-crews/").content.decode()
    browser.post(JOIN)
    assert is_member(nina, story.community)
    assert browser.post(JOIN).status_code == 422
    browser.post(f"{JOIN}/end")
    assert not is_member(nina, story.community)


def test_only_those_who_see_it_join(nina: Person, quiet: Community) -> None:
    with pytest.raises(NotAllowed):
        acts.join(nina, quiet)


def test_one_that_is_closed_is_joined_on_request(story: Story, nina: Person, closed: Community) -> None:
    with pytest.raises(NotPossible, match="on request"):
        acts.join(nina, closed)
    assert story.browser(nina).post("/c/valves/membership").status_code == 422


def test_nobody_belongs_twice(story: Story) -> None:
    lea = story.member("Lea")
    with pytest.raises(NotPossible, match="already a member"):
        acts.join(lea, story.community)
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        Membership.objects.create(community=story.community, person=lea)


def test_who_left_may_come_back(story: Story) -> None:
    lea = story.member("Lea")
    acts.leave(lea, story.community)
    acts.join(lea, story.community)
    assert Membership.objects.visible_to(lea).filter(person=lea).count() == 2


def test_the_ledger_knows_how(story: Story, nina: Person) -> None:
    membership = acts.join(nina, story.community)
    assert evidence_of("member.joined").how == How.OPEN
    assert (last("member.joined").object, last("member.joined").actor) == (membership.pk, nina.pk)


def test_the_question_is_asked_and_need_not_be_answered(story: Story, nina: Person) -> None:
    page = story.browser(nina).get("/c/pump-crews/").content.decode()
    assert "Is this work new to you?" in page
    assert page.count('type="radio" name="experience"') == 3
    story.browser(nina).post(JOIN)
    assert Membership.objects.visible_to(nina).get(person=nina).experience == Experience.UNSAID
    assert last("member.joined").experience == ""


@pytest.mark.parametrize("answer", [Experience.NEW, Experience.EXPERIENCED])
def test_what_was_answered_goes_with_every_act(story: Story, nina: Person, answer: Experience) -> None:
    story.browser(nina).post(JOIN, {"experience": answer})
    story.ask(nina)
    for verb in ("member.joined", "exchange.opened"):
        assert (last(verb).experience, last(verb).newcomer) == (answer, answer == Experience.NEW)


def test_another_answer_is_no_answer(story: Story, nina: Person) -> None:
    assert story.browser(nina).post(JOIN, {"experience": "veteran"}).status_code == 422
    assert not is_member(nina, story.community)


def test_whoever_joins_and_leaves_reads_it(story: Story, nina: Person) -> None:
    browser, title = story.browser(nina), story.community.title
    assert f"You are a member of {title} now." in browser.post(JOIN, follow=True).content.decode()
    assert f"You have left {title}." in browser.post(f"{JOIN}/end", follow=True).content.decode()
