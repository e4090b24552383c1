"""What is a bot bears a mark wherever its name stands."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Ground, Kind, Stand
from commonplace.consenting.models import Proposal
from commonplace.externalizing.models import ResponseKind
from commonplace.objectifying import acts as practice_acts
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.steering.conftest import WORDS
from tests.story import Story

pytestmark = pytest.mark.django_db
DOING = (
    "opener",
    "answerer",
    "commenter",
    "scribe",
    "author",
    "steward",
    "proposer",
    "objector",
    "consenter",
    "applier",
)
SERVING = {"facilitator": RoleKind.FACILITATOR, "sponsor": RoleKind.SPONSOR}
ADDRESS = re.compile(r'(?:href|action)="(/[^"#]*)')
MARKED = re.compile(r"\s*(bot\b|\(bot\))")


@pytest.fixture
def crew(story: Story) -> dict[str, Person]:
    """Somebody in every role, who did what that role does; the operator, who reads, facilitates too."""
    here = story.found("valves", "Valves", by=story.operator)
    people = {role: story.member(f"Zed {role.title()}", of=here) for role in DOING}
    people |= {role: story.serving(f"Zed {role.title()}", kind, of=here) for role, kind in SERVING.items()}
    people["asking"] = story.person("Zed Asking")
    social.invite(people["facilitator"], here, secret="a secret")
    _agreed(story, here, people)
    _steered(here, people)
    return people


def _agreed(story: Story, here: Community, people: dict[str, Person]) -> None:
    exchange = story.ask(people["opener"], of=here)
    answer = story.respond(people["answerer"], exchange)
    story.respond(people["commenter"], exchange, kind=ResponseKind.COMMENT, comments_on=answer)
    story.confirm(people["opener"], answer)
    practice = story.distil(people["scribe"], exchange, authors=[people["answerer"]], quoted=[answer])
    practice_acts.set_steward(people["facilitator"], practice, steward=people["steward"])
    story.apply(people["applier"], practice)
    proposal = story.propose(people["proposer"], practice)
    story.stand(people["consenter"], proposal)
    story.stand(people["objector"], proposal, Stand.OBJECT, "Not near chlorine.")


def _steered(here: Community, people: dict[str, Person]) -> None:
    objective = steering.state(people["sponsor"], here, card=Card(**WORDS))
    proposal = rounds.propose(people["proposer"], objective, proposal=Proposal(matter=Kind.CARD, number=1))
    objects = {"stance": Stand.OBJECT, "reason": "Nights are not the worst.", "ground": Ground.UNFAIR}
    rounds.take_stance(people["objector"], proposal, **objects)


def _pages(browser: Client) -> Iterator[tuple[str, str]]:
    """All that links lead to from home, whose addresses are not many of one kind."""
    waiting, there = ["/", "/people/?q=zed"], set()
    while waiting:
        address = waiting.pop()
        if address in there or address.startswith(("/accounts/", "/static/", "/me/data")):
            continue
        there.add(address)
        answer = browser.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            html = answer.content.decode()
            yield address, html
            waiting += ADDRESS.findall(html)


@pytest.mark.breaks_ledger
def test_the_name_of_a_bot_bears_its_mark_on_every_page(story: Story, crew: dict[str, Person]) -> None:
    """Even of one who serves: no act leads there, but the page does not rely on it."""
    Person.objects.filter(pk__in=[one.pk for one in crew.values()]).update(is_bot=True)
    seen, bare = set(), []
    for address, html in _pages(story.browser(story.operator)):
        text = re.sub(r"<[^>]*>", " ", re.sub(r"<(title|script|style)\b.*?</\1>", "", html, flags=re.S))
        for name in re.finditer(r"Zed [A-Z][a-z]+", text):
            seen.add(name[0])
            if not MARKED.match(text, name.end()):
                bare.append((address, text[name.start() - 40 : name.end() + 40]))
    assert bare == []
    assert seen == {one.name for one in crew.values()}
