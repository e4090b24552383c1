"""A bot is a kind of account: it may write, and it is asked, counted and told of nowhere."""

import html
import re

import pytest
from click.testing import CliRunner

from commonplace.communities import acts
from commonplace.communities.commands import bot
from commonplace.communities.levels import Level, levels
from commonplace.communities.models import Person, RoleKind
from commonplace.consenting.acts import take_stance
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal
from commonplace.consenting.terms import terms
from commonplace.ledger import clock
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.objectifying.acts import set_steward
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


def test_who_is_to_serve_does_not_become_a_bot_meanwhile(
    story: Story, digest: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[object] = []
    monkeypatch.setattr("commonplace.ledger.act.lock", lambda rows: locked.extend(rows))
    role = acts.grant_role(story.facilitator, story.community, person=digest, kind=RoleKind.STEWARD)
    acts.hand_over_role(digest, role, successor=story.facilitator)
    assert locked == [story.community, digest, role, story.facilitator]


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
    assert "Digest is a bot: what it does is in no figure from now on; what was told stands." in page
    assert MARK in page
    assert browser.post(f"/people/{digest.pk}/bot", {"bot": "on"}).status_code == 422
    assert "Digest is a person again" in browser.post(f"/people/{digest.pk}/bot", follow=True).content.decode()


def test_the_button_keeps_the_search_and_the_place(story: Story, digest: Person) -> None:
    browser = story.browser(story.operator)
    page = browser.get("/people/?q=digest").content.decode()
    assert "Olga" not in page.split("<ol")[1]
    address = html.unescape(re.findall(r'action="(/people/[^"]*/bot[^"]*)"', page)[0])
    for data in ({"bot": "on"}, {}):
        assert browser.post(address, data)["Location"] == f"/people/?q=digest#p-{digest.pk}"
    assert "Olga" not in browser.post(address).content.decode().split("<ol")[1], "nor does a refusal"


def test_the_control_is_folded_and_explained(story: Story, digest: Person) -> None:
    page = story.browser(story.operator).get("/people/?q=digest").content.decode()
    folded = re.search(r"<details>.*?</details>", page, re.S)
    assert folded
    assert "in no figure from now on" in folded[0]
    assert "This is a bot" in folded[0]


def test_bots_that_an_archive_brought_are_found_and_can_be_taken_back(story: Story, digest: Person) -> None:
    url = "https://x.example/users/7"
    Person.objects.create(name="Writer", origin_url="https://x.example/users/8")
    feed, browser = Person.objects.create(name="Feed", origin_url=url), story.browser(story.operator)
    assert acts.set_bot(story.operator, feed, bot=True)
    for asked in ("", "?bots=yes", "?q=feed", "?q=users/7"):
        page = browser.get(f"/people/{asked}").content.decode()
        assert f'id="p-{feed.pk}"' in page
        assert url in page
        assert "Writer" not in page, "of names out of archives only bots are listed"
    assert "Writer" in browser.get("/people/?q=writer").content.decode(), "others are found"
    assert digest.name not in browser.get("/people/?bots=yes").content.decode()
    assert "Feed is a person again" in browser.post(f"/people/{feed.pk}/bot?q=feed", follow=True).content.decode()


def test_the_command_says_what_is_so_now(story: Story, digest: Person) -> None:
    Person.objects.create(name="Feed", origin_url="https://x.example/users/7")
    for who, name in (
        (digest.email, "Digest"),
        ("https://x.example/users/7", "Feed"),
        ("http://x.example/users/7/", "Feed"),
    ):
        assert CliRunner().invoke(bot, [who]).output == f"{name} is a bot now.\n"
        assert CliRunner().invoke(bot, [who]).output.strip() == "Error: It is said so already."
        assert CliRunner().invoke(bot, [who, "--person"]).output == f"{name} is a person again.\n"


def test_the_command_says_where_addresses_stand(story: Story) -> None:
    Person.objects.create(name="Nowhere")
    for who in ("", "://", "nobody@example.org"):
        result = CliRunner().invoke(bot, [who])
        assert result.exit_code == 1
        assert "Nobody here has the address" in result.output
        assert "/people/" in result.output


def test_one_who_came_to_several_communities_is_a_bot_in_each(story: Story) -> None:
    for _ in range(2):
        Person.objects.create(name="Feed", origin_url="https://x.example/users/7")
    assert CliRunner().invoke(bot, ["https://x.example/users/7"]).output.count("Feed is a bot now.") == 2
