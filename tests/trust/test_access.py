"""Every page and every refused form can be used without seeing it: ids, labels, errors tied and focused."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.test import Client

from commonplace.communities import acts as social
from commonplace.communities.models import RoleKind
from commonplace.ledger.act import writing
from commonplace.objectifying.consent import Stand
from commonplace.steering import acts as steering
from commonplace.steering.models import Card
from tests.steering.conftest import WORDS
from tests.story import Story
from tests.trust.expectations import Way
from tests.trust.made import Made, address_of
from tests.trust.reading_html import Page
from tests.trust.routes import ROUTES
from tests.trust.test_isolation import phase_models
from tests.trust.things import THINGS
from tests.trust.world import World

pytestmark = pytest.mark.breaks_ledger  # Things are made past the acts.
READERS = ("anonymous", "operator", "sponsor", "member", "facilitator")
EMPTY: dict[str, Any] = {}


def _faults(world: World, client: Client, reader: str, name: str, way: Way, own: bool) -> Iterator[str]:
    with transaction.atomic():
        made = Made(world, world.people[reader] if own else world.somebody)
        address = address_of(name, way, made)
        answer = client.post(address, EMPTY) if way.method == "POST" else client.get(address)
        transaction.set_rollback(True)
    if "text/html" in answer.headers.get("Content-Type", ""):
        for fault in Page(answer.content.decode()).faults():
            yield f"{name} ({answer.status_code}): {fault}"


def _begin_with_headings() -> None:
    """Every text of every member."""
    with writing():
        for model in phase_models():
            for column in model._meta.concrete_fields:
                if type(column) is TextField and not column.choices:
                    heading = "<h3>Heading</h3>" if column.name.endswith("html") else "# Heading\n\n"
                    model._base_manager.update(**{column.name: Concat(Value(heading), F(column.name))})


@pytest.mark.parametrize("reader", ["member", "facilitator", "sponsor"])
def test_a_text_may_begin_with_a_heading(story: Story, reader: str) -> None:
    world = World(story)
    made = Made(world, world.somebody)
    for name in THINGS:
        made[name]
    _begin_with_headings()
    client = world.clients()[reader]
    ways = [(name, way) for name, way in ROUTES.items() if way.method == "GET"]
    pages = ((name, client.get(address_of(name, way, made))) for name, way in ways)
    faults = {
        f"{name}: {fault}"
        for name, page in pages
        if "text/html" in page.headers.get("Content-Type", "")
        for fault in Page(page.content.decode()).faults()
    }
    assert sorted(faults) == []


@pytest.mark.parametrize("reader", READERS)
def test_nothing_is_named_twice_or_points_nowhere(story: Story, reader: str) -> None:
    world = World(story)
    client = world.clients()[reader]
    whose = (False,) if reader == "anonymous" else (False, True)
    faults = [
        fault
        for name, way in ROUTES.items()
        for own in whose
        if own is False or way.own is not None
        for fault in _faults(world, client, reader, name, way, own)
    ]
    assert sorted(set(faults)) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p id="a"><b id="a">', "2 times id a"),
        ('<label for="a">', "label points to a"),
        ('<a href="#a">', "a points to a"),
        ('<input name="q" id="q">', "no label for q"),
        ('<p id="a_error"><input id="a" aria-label="a">', "not tied to it"),
        ('<div class="failed">', "0 have the focus"),
        ('<form action="/x#y">', "would take the focus"),
        ("<h1><h3>", "h3 right below h1"),
    ],
)
def test_a_fault_is_noticed(text: str, fault: str) -> None:
    """The negative control."""
    assert any(fault in one for one in Page(text).faults())


def _decidable(story: Story) -> tuple[Client, str]:
    """All have spoken and the round is open still: the facilitator may take another stance, or decide."""
    lea, omar = story.member("Lea", unit="North"), story.member("Omar", unit="South")
    practice = story.distil(lea, story.resolved(lea, omar), authors=[omar])
    story.apply(story.facilitator, practice)
    proposal = story.propose(lea, practice)
    for person in (lea, omar):
        story.stand(person, proposal)
    story.stand(story.facilitator, proposal, Stand.CONCERN, "At night?")
    return story.browser(story.facilitator), proposal.get_absolute_url()


def _decidable_card(story: Story) -> tuple[Client, str]:
    second = story.serving("Second Facilitator", RoleKind.FACILITATOR)
    social.set_charter(story.facilitator, story.community, domain="Pumps", quorum=2)
    objective = steering.state(second, story.community, card=Card(**WORDS))
    card_round = steering.open_round(second, objective.latest)
    steering.speak(second, card_round, stance=Stand.CONSENT)
    steering.speak(story.facilitator, card_round, stance=Stand.ASIDE)
    return story.browser(story.facilitator), card_round.get_absolute_url()


@pytest.mark.parametrize("scene", [_decidable, _decidable_card])
def test_who_may_speak_and_decide_finds_each_field_once(story: Story, scene: Any) -> None:
    browser, path = scene(story)
    page = Page(browser.get(path).content.decode())
    names = [field.get("name") for field in page.fields()]
    assert names.count("reason") == 2
    assert list(page.faults()) == []
    for door, typed in (("stances", {"stance": "object"}), ("decision", {"outcome": "returned"})):
        answer = browser.post(f"{path.rstrip(chr(47))}/{door}", typed)
        assert answer.status_code == 422, door
        assert list(Page(answer.content.decode()).faults()) == []
