"""Every page and every refused form can be used without seeing it: ids, labels, errors tied and focused."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.test import Client

from commonplace.communities.models import Person
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Proposal, Question
from commonplace.ledger.act import writing
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


def _in_a_round(story: Story) -> Proposal:
    """Something is said of every kind, by the one who opened it and others."""
    lea, omar = story.member("Lea", unit="North"), story.member("Omar", unit="South")
    practice = story.distil(lea, story.resolved(lea, omar), authors=[omar])
    story.apply(story.facilitator, practice)
    proposal = story.propose(lea, practice)
    for number in range(2):
        question = rounds.ask_about(omar, proposal, question=Question(text=f"Which valve is number {number}?"))
        rounds.answer_question(lea, question, text="The lower one.")
    story.stand(omar, proposal, Stand.OBJECT, "Gas in the pit.")
    rounds.take_stance(lea, proposal, stance=Stand.OBJECT, reason="It leaks.", person=story.facilitator)
    story.revise(lea, practice, limits="Not near chlorine.")
    return proposal


BAD = {
    "stances": {"stance": "object"},
    "stances/entered": {},
    "questions": {},
    "objections": {},
    "amendments": {"number": "1"},
    "withdrawal": {},
    "decision": {"outcome": "returned"},
}


@pytest.mark.parametrize("name", ["Lea", "Omar", "Fay Facilitator"])
def test_whoever_may_do_something_in_a_round_finds_each_field_once(story: Story, name: str) -> None:
    proposal = _in_a_round(story)
    person = Person.objects.get(name=name)
    browser, path = story.browser(person), proposal.get_absolute_url()
    assert list(Page(browser.get(path).content.decode()).faults()) == []
    assert list(Page(browser.get(proposal.objections.get().get_absolute_url()).content.decode()).faults()) == []
    doors = BAD | {f"questions/{question.pk}/answers": {} for question in proposal.questions.all()}
    for door, typed in doors.items():
        answer = browser.post(f"{path}{door}", typed)
        assert answer.status_code in (422, 403), door
        if answer.status_code == 422:
            assert list(Page(answer.content.decode()).faults()) == [], door


def test_what_was_written_down_is_refused_where_it_is_confirmed(story: Story) -> None:
    proposal = _in_a_round(story)
    typed = {"confirm": "yes", "stance": "object", "reason": "It leaks."}
    answer = story.browser(story.facilitator).post(f"{proposal.get_absolute_url()}stances", typed)
    assert answer.status_code == 422
    assert list(Page(answer.content.decode()).faults()) == []
