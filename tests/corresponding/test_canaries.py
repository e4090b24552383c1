"""No title of a private community, no word of a closed one and no name reaches whoever may not read them: neither by
the notices, unread or put away, nor their count, nor the page of what one follows."""

from datetime import timedelta

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Membership, Person, RoleKind, Visibility
from commonplace.consenting import acts as rounds
from commonplace.consenting import jobs
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.corresponding.models import Following
from commonplace.externalizing.models import Exchange, ResponseKind
from commonplace.ledger import clock
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.corresponding.noticed import badge, noticed, words
from tests.steering.conftest import WORDS
from tests.story import Story

WORDS_OF_IT = ("Canary title", "canary-word", "canary-topic", "Lea Canary", "Fay Facilitator")
TITLE = "Valves"
BOTH = pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.CLOSED])
FOLLOWING = "/c/valves/following/"


def made(story: Story, visibility: str) -> Community:
    return story.found("valves", TITLE, by=story.facilitator, visibility=visibility)


def happening(story: Story, here: Community, person: Person) -> Exchange:
    """Much that concerns this person, who follows it, too."""
    lea = story.member("Lea Canary", of=here)
    mine = story.ask(person, of=here, title="Canary title", body="canary-word", topics=["canary-topic"])
    again(story, lea, mine, person)
    sent = {"kind": "exchange", "of": mine.pk, "as": "followed"}
    assert story.browser(person).post(f"{FOLLOWING}update", sent).status_code == 302
    return mine


def again(story: Story, by: Person, exchange: Exchange, person: Person) -> None:
    answer = story.respond(by, exchange, body=f"canary-word, @{person.name}")
    story.respond(by, exchange, body="canary-word too", kind=ResponseKind.COMMENT, comments_on=answer)


def remove(story: Story, person: Person, here: Community) -> None:
    """By a round in which all others consent."""
    membership = Membership.objects.filter(person=person, community=here).current().everywhere("test").get()
    about = Proposal(matter=Kind.REMOVAL, about=membership.pk, number=1, aim="Threats.")
    proposal = rounds.propose(story.facilitator, here, proposal=about)
    for one in proposal.asked.everywhere("test").select_related("person"):
        story.stand(one.person, proposal)
    with clock.at(proposal.closes_at + timedelta(hours=1)):
        jobs.end_rounds()


def nothing_is_read(story: Story, person: Person, *hidden: str) -> None:
    pages = words(story, person) + words(story, person, "/notices/?put-away")
    assert [word for word in (*WORDS_OF_IT, *hidden) if word in pages] == []
    assert story.browser(person).get(FOLLOWING).status_code == 404


def hidden_title(visibility: str) -> tuple[str, ...]:
    return (TITLE,) if visibility == Visibility.PRIVATE else ()


@BOTH
def test_who_left_reads_nothing_more_and_is_told_nothing_more(story: Story, visibility: str) -> None:
    here = made(story, visibility)
    zoe = story.member("Zoe", of=here)
    mine = happening(story, here, zoe)
    before = len(noticed(zoe))
    assert badge(story, zoe) == "1"
    social.leave(zoe, here)
    assert badge(story, zoe) == ""
    again(story, story.facilitator, mine, zoe)
    assert len(noticed(zoe)) == before
    nothing_is_read(story, zoe, *hidden_title(visibility))


@BOTH
def test_who_was_removed_reads_nothing_more_but_that_they_were(story: Story, visibility: str) -> None:
    here = made(story, visibility)
    zoe = story.member("Zoe", of=here)
    mine = happening(story, here, zoe)
    remove(story, zoe, here)
    assert badge(story, zoe) == ("" if visibility == Visibility.PRIVATE else "1")
    before = len(noticed(zoe))
    again(story, story.facilitator, mine, zoe)
    assert len(noticed(zoe)) == before
    assert ("You are no member any more" in words(story, zoe)) == (visibility == Visibility.CLOSED)
    nothing_is_read(story, zoe, *hidden_title(visibility))


@BOTH
def test_an_outsider_is_told_nothing_whoever_names_or_follows(story: Story, visibility: str) -> None:
    here = made(story, visibility)
    ned = story.person("Ned")
    exchange = happening(story, here, story.member("Zoe", of=here))
    again(story, story.facilitator, exchange, ned)
    Following(person=ned, community=here, kind="exchange", of=exchange.pk).save(force_insert=True)
    story.respond(story.facilitator, exchange, body="canary-word, once more")
    assert (noticed(ned), badge(story, ned)) == ([], "")
    nothing_is_read(story, ned, *hidden_title(visibility))


@BOTH
def test_a_sponsor_from_outside_reads_of_objectives_and_nobody_s_name(story: Story, visibility: str) -> None:
    here = made(story, visibility)
    sam = story.serving("Sam", RoleKind.SPONSOR, of=here)
    exchange = happening(story, here, story.member("Zoe", of=here))
    again(story, story.facilitator, exchange, sam)
    steering.state(story.facilitator, here, card=Card(**WORDS))
    assert badge(story, sam) == "2"
    assert "Half the call-outs at night Objective Somebody stated it" in words(story, sam)
    nothing_is_read(story, sam)


def test_what_one_reads_elsewhere_says_nothing_of_a_private_community(story: Story) -> None:
    """Who belongs to both sees both, each under its own name; who belongs to one, that one."""
    here = made(story, Visibility.PRIVATE)
    zoe = story.member("Zoe", of=here)
    happening(story, here, zoe)
    story.invited(zoe)
    story.respond(story.facilitator, story.ask(zoe, title="Open title"))
    social.leave(zoe, here)
    assert badge(story, zoe) == "1"
    assert "Open title" in words(story, zoe)
    assert TITLE not in words(story, zoe, "/c/pump-crews/following/")
    assert [word for word in (*WORDS_OF_IT[:4], TITLE) if word in words(story, zoe)] == []
