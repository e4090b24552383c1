"""Two who steer at the same moment: a card, its signatures and its round are one. The controls show the races real."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from commonplace.communities import acts as social
from commonplace.communities.models import Person, RoleKind
from commonplace.ledger import registry
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.status import Outcome
from commonplace.steering import acts
from commonplace.steering.acts.consenting import _can_be_opened, _follows_the_rule
from commonplace.steering.acts.signing import _can_be_signed
from commonplace.steering.acts.stating import _can_be_written
from commonplace.steering.models import Card, CardRound, Objective
from tests.steering.conftest import WORDS
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


class Committee:
    """A sponsor, and three facilitators of whom two have no part in the round that the first opens."""

    def __init__(self, story: Story) -> None:
        self.story, self.opener = story, story.facilitator
        self.sponsor = story.serving("Sam Sponsor", RoleKind.SPONSOR)
        self.deciders = [story.serving(name, RoleKind.FACILITATOR) for name in ("Second", "Third")]
        social.set_charter(self.opener, story.community, domain="Pumps", quorum=2)

    def objective(self) -> Objective:
        return acts.state(self.sponsor, self.story.community, card=Card(**WORDS))

    def round(self) -> CardRound:
        """All but one have consented, so that the rule is met as soon as the last one does."""
        opened = acts.open_round(self.opener, self.objective().latest)
        for person in (self.opener, *self.deciders):
            acts.speak(person, opened, stance=Stand.CONSENT)
        return opened


@pytest.fixture
def committee(transactional_db: None, story: Story) -> Committee:
    return Committee(story)


def stored(row: Any) -> Any:
    """A copy of one's own, as the database has it."""
    return type(row).objects.everywhere("test").get(pk=row.pk)


def order(objective: Objective, *verbs: str) -> list[str]:
    """Which of these verbs the ledger has, in its order, about this objective."""
    acts_on = Act.objects.everywhere("test").filter(subject=objective.pk, verb__in=verbs).order_by("pk")
    return list(acts_on.values_list("verb", flat=True))


def test_a_round_is_decided_once(committee: Committee) -> None:
    for _ in range(ROUNDS):
        opened = committee.round()
        attempts = [
            lambda by=by, opened=opened: acts.decide_round(by, opened, outcome=Outcome.ACCEPTED)
            for by in committee.deciders
        ]
        assert collide(*attempts) == ["NotPossible", "done"]
        assert recorded("objective.round_decided", opened.subject.pk) == 1
        assert recorded("objective.signed", opened.subject.pk) == 1


@pytest.mark.breaks_ledger
def test_without_the_lock_it_would_be_decided_twice(committee: Committee) -> None:
    opened = acts.open_round(committee.opener, committee.objective().latest)
    for person in (committee.opener, *committee.deciders):
        acts.speak(person, opened, stance=Stand.OBJECT, reason="It counts the wrong nights")
    ended = {"outcome": Outcome.RETURNED, "reason": "An objection stands"}
    calls = [lambda decide, by=by: decide(by, stored(opened), **ended) for by in committee.deciders]
    assert unlocked("objective.round_decided", _follows_the_rule, *calls) == ["done", "done"]


def test_nobody_signs_a_card_that_another_replaced_meanwhile(committee: Committee) -> None:
    for number in range(ROUNDS):
        objective = committee.objective()
        card, newer = objective.latest, Card(**{**WORDS, "expected": f"{number} at most"})
        came_of_it = collide(
            lambda card=card: acts.sign(committee.sponsor, card),
            lambda card=card, newer=newer: acts.write_card(committee.opener, card.objective, card=newer, base=card),
        )
        assert came_of_it in (["done", "done"], ["NotPossible", "done"])
        in_order = order(objective, "objective.signed", "objective.card_written")
        assert in_order in (["objective.signed", "objective.card_written"], ["objective.card_written"])


@pytest.mark.breaks_ledger
def test_without_the_lock_the_replaced_card_would_be_signed(committee: Committee) -> None:
    """Both have passed their guards; the card is written first, and the old one signed all the same."""
    card, passed, written = committee.objective().latest, threading.Barrier(2), threading.Event()
    newer = {"card": Card(**{**WORDS, "expected": "30 a month"}), "base": card}

    def write() -> None:
        _can_be_written(committee.opener, card.objective, **newer)
        passed.wait()
        with writing():
            registry.ACTS["objective.card_written"].function(committee.opener, card.objective, **newer)  # type: ignore[misc]
        written.set()

    def sign() -> None:
        _can_be_signed(committee.sponsor, card)
        passed.wait()
        written.wait()
        with writing():
            registry.ACTS["objective.signed"].function(committee.sponsor, card)  # type: ignore[misc]

    assert collide(write, sign) == ["done", "done"]
    assert not stored(card).is_newest
    assert card.signatures.exists()


def test_two_who_change_the_same_card_do_not_overwrite_each_other(committee: Committee) -> None:
    for number in range(ROUNDS):
        objective = committee.objective()
        base = objective.latest

        def change(by: Person, why: str, objective: Objective = objective, base: Card = base) -> Callable[[], object]:
            card = Card(**{**WORDS, "why": why})
            return lambda: acts.write_card(by, objective, card=card, base=base)

        came_of_it = collide(change(committee.sponsor, f"Sleep {number}"), change(committee.opener, f"Safety {number}"))
        assert came_of_it == ["NotPossible", "done"]
        assert recorded("objective.card_written", objective.pk) == 1


def test_one_round_is_opened_on_a_card(committee: Committee) -> None:
    for _ in range(ROUNDS):
        card = committee.objective().latest
        came_of_it = collide(
            *(lambda by=by, card=card: acts.open_round(by, card) for by in (committee.opener, committee.deciders[0]))
        )
        assert came_of_it == ["NotPossible", "done"]


@pytest.mark.breaks_ledger
def test_without_the_lock_only_the_constraint_stands_between(committee: Committee) -> None:
    card = committee.objective().latest
    calls = [lambda ask, by=by: ask(by, stored(card)) for by in (committee.opener, committee.deciders[0])]
    assert unlocked("objective.round_opened", _can_be_opened, *calls) == ["IntegrityError", "done"]


def test_nothing_is_signed_against_an_objection(committee: Committee) -> None:
    second, third = committee.deciders
    for _ in range(ROUNDS):
        opened = committee.round()
        came_of_it = collide(
            lambda opened=opened: acts.decide_round(second, opened, outcome=Outcome.ACCEPTED),
            lambda opened=opened: acts.speak(third, opened, stance=Stand.OBJECT, reason="It counts the wrong nights"),
        )
        assert came_of_it == ["NotPossible", "done"]
        stands = opened.stances.filter(replaced_at=None, stance=Stand.OBJECT).exists()
        assert recorded("objective.signed", opened.subject.pk) == (0 if stands else 1)
