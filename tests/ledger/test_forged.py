"""A row in hand that says it is new, under the id of one that is there, is the one that is there."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Installation, Invitation, Person, RoleKind, Visibility
from commonplace.communities.secrets import digest
from commonplace.externalizing import acts
from commonplace.externalizing.models import Benefit, Exchange, LinkKind, Response
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from tests.story import Story


def test_nobody_becomes_the_operator_by_saying_so(story: Story) -> None:
    lea = story.member("Lea")
    with pytest.raises(NotAllowed):
        social.set_installation(
            Person(pk=lea.pk, name="Lea", is_operator=True), Installation.current(), name="Mine", open_signup=True
        )
    assert Installation.current().name != "Mine"


def test_an_invitation_is_opened_by_its_own_secret(story: Story) -> None:
    closed = story.found("closed", "Closed", by=story.facilitator, visibility=Visibility.CLOSED)
    real = social.invite(story.facilitator, closed, secret="theirs")
    forged = Invitation(pk=real.pk, community=closed, digest=digest("mine"), expires_at=clock.now() + timedelta(days=1))
    with pytest.raises(NotPossible):
        social.accept_invitation(story.person("Mallory"), forged, secret="mine")
    assert not closed.memberships.filter(person__name="Mallory").exists()


def test_what_belongs_elsewhere_stays_there(story: Story) -> None:
    private = story.found("private", "Private", by=story.facilitator, visibility=Visibility.PRIVATE)
    theirs = story.ask(story.facilitator, of=private)
    answer = story.respond(story.facilitator, theirs)
    lea = story.member("Lea")
    here = story.ask(lea)
    with pytest.raises(NotPossible):
        acts.link(lea, here, other=Exchange(pk=theirs.pk, community=story.community), kind=LinkKind.LINKED)
    with pytest.raises(NotPossible):
        acts.confirm(lea, here, response=Response(pk=answer.pk, exchange=here), benefit=Benefit.SOLUTION)
    comment = Response(kind="comment", body="So?", comments_on=Response(pk=answer.pk, exchange=here))
    with pytest.raises(NotPossible):
        acts.respond(lea, here, response=comment)


def test_what_is_new_begins_now_and_is_markdown(story: Story) -> None:
    lea, long_ago = story.member("Lea"), clock.now() - timedelta(days=9_000)
    exchange = story.ask(lea, opened_at=long_ago, body_format="html", body="<b>now</b>")
    answer = story.respond(lea, exchange, responded_at=long_ago, body_format="html")
    assert (exchange.body_format, answer.body_format) == ("markdown", "markdown")
    assert min(exchange.opened_at, answer.responded_at) > long_ago + timedelta(days=8_999)


def test_a_facilitator_who_cannot_come_in_is_none(story: Story) -> None:
    second = story.serving("Second", RoleKind.FACILITATOR)
    Person.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(NotPossible):
        social.leave(story.facilitator, story.community)
    with pytest.raises(NotPossible):
        social.end_role(story.facilitator, story.community.roles.get(person=story.facilitator, ended_at=None))
