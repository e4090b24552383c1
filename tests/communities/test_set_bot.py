"""A bot is a kind of account: it may write, and it is asked, counted and told of nowhere."""

import pytest
from click.testing import CliRunner

from commonplace.communities import acts
from commonplace.communities.commands import bot
from commonplace.communities.levels import Level, levels
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.acts import set_steward, take_stance
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import Proposal
from commonplace.objectifying.terms import terms
from tests.communities.recorded import last
from tests.story import Story, role_of

MARK = '<span class="tag">bot</span>'


@pytest.fixture
def digest(story: Story) -> Person:
    return story.member("Digest")


def test_the_operator_says_so_and_takes_it_back(story: Story, digest: Person) -> None:
    assert acts.set_bot(story.operator, digest, bot=True).is_bot
    recorded = last("person.bot_set")
    assert (recorded.subject, recorded.community, recorded.evidence) == (digest.pk, "", {"bot": True})
    with pytest.raises(NotPossible, match="already"):
        acts.set_bot(story.operator, digest, bot=True)
    assert not acts.set_bot(story.operator, digest, bot=False).is_bot


def test_nobody_else_does_and_an_operator_is_a_person(story: Story, digest: Person) -> None:
    for person in (story.facilitator, digest):
        with pytest.raises(NotAllowed):
            acts.set_bot(person, digest, bot=True)
    with pytest.raises(NotPossible, match="operator is a person"):
        acts.set_bot(story.operator, story.operator, bot=True)


def test_a_bot_takes_no_stance_is_not_eligible_and_nothing_waits_for_it(story: Story, digest: Person) -> None:
    acts.set_bot(story.operator, digest, bot=True)
    eligible = terms(story.community).eligible
    lea, exchange = story.member("Lea"), story.ask(story.member("Omar"))
    story.confirm(exchange.opener, story.respond(lea, exchange))
    assert terms(story.community).eligible == eligible + 2
    practice = story.distil(lea, exchange)
    story.apply(exchange.opener, practice)
    proposal = story.propose(lea, practice)
    assert proposal.eligible == eligible + 2
    digest.refresh_from_db()
    with pytest.raises(NotAllowed):
        take_stance(digest, proposal, stance=Stand.CONSENT)
    assert not Proposal.objects.open_for(digest).exists()


def test_a_bot_holds_no_role(story: Story, digest: Person) -> None:
    role = acts.grant_role(story.facilitator, story.community, person=digest, kind=RoleKind.STEWARD)
    with pytest.raises(NotPossible, match="end their role first: steward of Pump crews"):
        acts.set_bot(story.operator, digest, bot=True)
    acts.end_role(digest, role)
    acts.set_bot(story.operator, digest, bot=True)
    with pytest.raises(NotPossible, match="Digest is a bot"):
        acts.grant_role(story.facilitator, story.community, person=digest, kind=RoleKind.STEWARD)
    with pytest.raises(NotPossible, match="Digest is a bot"):
        acts.hand_over_role(story.facilitator, role_of(story.facilitator), successor=digest)
    with pytest.raises(NotPossible, match="for people"):
        story.found("digests", "Digests", by=digest)


def test_a_bot_looks_after_no_practice(story: Story, digest: Person) -> None:
    lea, omar = story.member("Lea"), story.member("Omar")
    practice = story.distil(lea, story.resolved(omar, lea))
    set_steward(story.facilitator, practice, steward=digest)
    with pytest.raises(NotAllowed):
        set_steward(omar, practice, steward=omar)
    acts.set_bot(story.operator, digest, bot=True)
    set_steward(omar, practice, steward=None)
    with pytest.raises(NotPossible, match="Digest is a bot"):
        set_steward(story.facilitator, practice, steward=digest)


def test_levels_leave_bots_out(story: Story, digest: Person) -> None:
    story.ask(digest)
    assert levels(story.community, clock.now())[digest.pk] == Level.OCCASIONAL
    acts.set_bot(story.operator, digest, bot=True)
    assert digest.pk not in levels(story.community, clock.now())


def test_what_a_bot_wrote_bears_a_mark(story: Story, digest: Person) -> None:
    exchange = story.ask(digest)
    reader = story.browser(story.facilitator)
    assert MARK not in reader.get(exchange.get_absolute_url()).content.decode()
    acts.set_bot(story.operator, digest, bot=True)
    assert MARK in reader.get(exchange.get_absolute_url()).content.decode()
    assert MARK in reader.get(f"/c/{story.community.slug}/members").content.decode()


def test_the_operator_has_a_button(story: Story, digest: Person) -> None:
    browser = story.browser(story.operator)
    page = browser.post(f"/people/{digest.pk}/bot", {"bot": "on"}, follow=True).content.decode()
    assert "Digest is a bot" in page
    assert MARK in page
    assert browser.post(f"/people/{digest.pk}/bot", {"bot": "on"}).status_code == 422
    assert "Digest is a person" in browser.post(f"/people/{digest.pk}/bot", follow=True).content.decode()


def test_the_command_knows_people_of_archives_by_where_they_came_from(story: Story, digest: Person) -> None:
    Person.objects.create(name="Feed", origin_url="https://x.example/users/7")
    for who in (digest.email, "https://x.example/users/7"):
        assert CliRunner().invoke(bot, [who]).exit_code == 0
        assert CliRunner().invoke(bot, [who]).output.strip() == "Error: It is said so already."
        assert CliRunner().invoke(bot, [who, "--person"]).exit_code == 0
    assert "Nobody here" in CliRunner().invoke(bot, [""]).output
