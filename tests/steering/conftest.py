from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective
from tests.story import Story

WORDS = {
    "statement": "Half the call-outs at night",
    "why": "Nights are where people get hurt.",
    "beneficiary": "The night crews",
    "horizon": date(2040, 1, 1),
    "baseline": "40 call-outs a month",
    "much_less": "more than today",
    "less": "as today",
    "expected": "20 a month",
    "more": "15 a month",
    "much_more": "10 a month",
    "metrics": ["X3", "N3"],
    "review_days": 91,
}


@pytest.fixture
def sponsor(story: Story) -> Person:
    return story.serving("Sam Sponsor", RoleKind.SPONSOR)


@pytest.fixture
def second(story: Story) -> Person:
    """A second facilitator, who has no part in the card."""
    return story.serving("Second Facilitator", RoleKind.FACILITATOR)


@pytest.fixture
def objective(story: Story, sponsor: Person) -> Objective:
    return acts.state(sponsor, story.community, card=Card(**WORDS))


@pytest.fixture
def change(sponsor: Person, objective: Objective) -> Callable[..., Card]:
    """The sponsor writes another card, from the newest one: `change(expected="30 a month")`."""

    def changed(**words: object) -> Card:
        base = objective.cards.latest("number")
        return acts.write_card(sponsor, objective, card=Card(**{**WORDS, **words}), base=base)

    return changed


@pytest.fixture
def card_round(story: Story, objective: Objective, second: Person) -> Proposal:
    """Opened by the facilitator; it asks her and the second, who both must consent."""
    return put(story.facilitator, objective)


@pytest.fixture
def consent(story: Story, card_round: Proposal, second: Person) -> Callable[[], None]:
    """The community consents: all have spoken, and the rule is met."""

    def consented() -> None:
        for person in (story.facilitator, second):
            story.stand(person, card_round)

    return consented


@pytest.fixture
def in_force(objective: Objective, sponsor: Person, consent: Callable[[], None]) -> Card:
    acts.sign(sponsor, objective.latest)
    consent()
    return Objective.objects.visible_to(sponsor).get().latest


def put(by: Person, objective: Objective, number: int | None = None) -> Proposal:
    """The newest card, unless another is named, to the consent of the community."""
    number = number or objective.latest.number
    return rounds.propose(by, objective, proposal=Proposal(matter=Kind.CARD, number=number))


def closed(card_round: Proposal) -> AbstractContextManager[None]:
    return clock.at(card_round.closes_at)


def evidence_of(verb: str) -> Any:
    """Of the last act of this verb."""
    return Evidence.of(Act.objects.everywhere("test").filter(verb=verb).latest("pk"))
