"""Nobody says what cannot be seen, or is called so: each act that takes words or a name refuses, whoever calls it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Installation, Person
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Stand
from commonplace.externalizing import acts as exchanges
from commonplace.externalizing.models import Topic
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.models import Act
from commonplace.objectifying import acts as practices
from commonplace.objectifying.models import Version
from commonplace.steering import acts as objectives
from commonplace.steering.models import Card
from tests.objectifying.conftest import Crew
from tests.steering.conftest import WORDS
from tests.story import Story

NOTHING = "\u200b\u2060"
REST = {"language": "fr", "time_zone": "Europe/Paris"}
HIDDEN = "No\u200brth\u202e"


@pytest.fixture
def crew(now: datetime, story: Story) -> Crew:
    return Crew(story, now)


def _topic(crew: Crew) -> Topic:
    crew.story.ask(crew.lea, topics=["valves"])
    return Topic.objects.visible_to(crew.lea).get(name="valves")


def _named(crew: Crew, name: str) -> Any:
    newcomer = Person(name=name, email="new@x.org")
    return social.add_person(crew.story.operator, Installation.current(), person=newcomer)


def _unit(crew: Crew, name: str) -> Any:
    return social.name_unit(crew.story.operator, Installation.current(), name=name)


NAMING: dict[str, Callable[[Crew, str], Any]] = {
    "profile": lambda crew, name: social.edit_profile(crew.lea, crew.lea, name=name),
    "account": _named,
    "unit": _unit,
    "community": lambda crew, name: crew.story.found("north", name, by=crew.lea, domain="Pumps"),
    "community renamed": lambda crew, name: social.set_profile(crew.fay, crew.community, title=name),
    "installation": lambda crew, name: social.set_installation(
        crew.story.operator, Installation.current(), name=name, open_signup=False
    ),
    "topic renamed": lambda crew, name: exchanges.rename_topic(crew.fay, _topic(crew), name=name),
    "topic aliased": lambda crew, name: exchanges.alias_topic(crew.fay, _topic(crew), name=name),
    "exchange": lambda crew, name: crew.story.ask(crew.lea, name),
    "practice": lambda crew, name: crew.written(title=name),
    "topic named": lambda crew, name: crew.story.ask(crew.lea, topics=[name]),
}
SAYING: dict[str, Callable[[Crew, str], Any]] = {
    "charter": lambda crew, words: social.set_charter(crew.fay, crew.community, domain=words),
    "first charter": lambda crew, words: crew.story.found("north", "North", by=crew.lea, domain=words),
    "exchange": lambda crew, words: crew.story.ask(crew.lea, body=words),
    "title": lambda crew, words: crew.story.ask(crew.lea, words),
    "response": lambda crew, words: crew.story.respond(crew.omar, crew.story.ask(crew.lea), words),
    "practice": lambda crew, words: crew.written(title=words),
    "objection": lambda crew, words: crew.story.stand(crew.ines, crew.proposed(), Stand.OBJECT, words),
    "objection restated": lambda crew, words: rounds.restate_objection(
        crew.lea, crew.objected(crew.proposed()), heard_as=words
    ),
    "version": lambda crew, words: practices.revise(
        crew.lea,
        (practice := crew.written()),
        version=Version(how=words, why="", context="", limits=""),
        base=practice.newest_version,
    ),
    "application": lambda crew, words: crew.used(crew.written(), where=words),
    "card": lambda crew, words: objectives.state(crew.fay, crew.community, card=Card(**{**WORDS, "statement": words})),
}


@pytest.mark.parametrize("name", [HIDDEN, "North\x00"])
@pytest.mark.parametrize("do", NAMING.values(), ids=NAMING)
def test_a_name_that_hides_something_is_refused(crew: Crew, do: Callable[[Crew, str], Any], name: str) -> None:
    with pytest.raises(NotPossible, match="cannot be seen"):
        do(crew, name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 300])
@pytest.mark.parametrize("do", NAMING.values(), ids=NAMING)
def test_a_name_is_short_and_not_empty(crew: Crew, do: Callable[[Crew, str], Any], name: str) -> None:
    if name.strip() or do is not NAMING["topic named"]:  # A topic without a name is left out.
        with pytest.raises(NotPossible):
            do(crew, name)


@pytest.mark.parametrize("do", {**NAMING, **SAYING}.values(), ids={**NAMING, **SAYING})
def test_what_nobody_sees_is_nothing(crew: Crew, do: Callable[[Crew, str], Any]) -> None:
    with pytest.raises(NotPossible):
        do(crew, NOTHING)


def test_what_was_pasted_unseen_goes_before_the_act(crew: Crew) -> None:
    page = crew.story.browser(crew.lea).post("/me/update", {"name": "Lea\u200b \u202eM.", **REST})
    assert page.status_code == 302
    assert Person.objects.get(pk=crew.lea.pk).name == "Lea M."


def test_a_form_says_that_a_name_shows_nothing(crew: Crew) -> None:
    before = Act.objects.everywhere("test").count()
    page = crew.story.browser(crew.lea).post("/me/update", {"name": NOTHING, **REST})
    assert page.status_code == 422
    assert Act.objects.everywhere("test").count() == before
