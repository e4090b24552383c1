"""Two who steer at the same moment: a card, its signatures and its round are one. The controls show the races real."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from commonplace.communities.models import Person, RoleKind
from commonplace.consenting import acts as rounds
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.models import Proposal
from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from commonplace.ledger.models import Act
from commonplace.steering import acts
from commonplace.steering.acts.signing import _can_be_signed
from commonplace.steering.acts.stating import _can_be_written
from commonplace.steering.models import Card, Objective, Side, Signature
from tests.steering.conftest import WORDS, put
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, recorded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


class Committee:
    """A sponsor, and four who may speak: the facilitator opens rounds."""

    def __init__(self, story: Story) -> None:
        self.story, self.opener = story, story.facilitator
        self.sponsor = story.serving("Sam Sponsor", RoleKind.SPONSOR)
        self.others = [story.member(name) for name in ("Second", "Third", "Fourth")]

    def objective(self) -> Objective:
        return acts.state(self.sponsor, self.story.community, card=Card(**WORDS))

    def round(self) -> Proposal:
        """Enough have consented, one has not spoken."""
        opened = put(self.opener, self.objective())
        for person in (self.opener, *self.others[:2]):
            self.story.stand(person, opened)
        return opened

    @staticmethod
    def decided(opened: Proposal, by: Person) -> Proposal:
        with clock.at(opened.closes_at + timedelta(hours=1)):
            return rounds.decide(by, opened, outcome=Outcome.ACCEPTED)


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


def test_the_community_signs_once(committee: Committee) -> None:
    for _ in range(ROUNDS):
        opened = committee.round()
        attempts = [lambda by=by, opened=opened: committee.decided(opened, by) for by in committee.others[:2]]
        assert collide(*attempts) == ["NotPossible", "done"]
        assert recorded("proposal.decided", opened.subject_id) == 1
        assert recorded("objective.signed", opened.subject_id) == 1


def test_the_community_signs_the_card_that_was_put_to_it_whatever_is_written_meanwhile(committee: Committee) -> None:
    for number in range(ROUNDS):
        opened = committee.round()
        objective, newer = opened.subject, Card(**{**WORDS, "expected": f"{number} at most"})
        base = objective.latest
        came_of_it = collide(
            lambda opened=opened: committee.decided(opened, committee.others[0]),
            lambda objective=objective, newer=newer, base=base: acts.write_card(
                committee.opener, objective, card=newer, base=base
            ),
        )
        assert came_of_it == ["done", "done"]
        [signed] = Signature.objects.filter(card__objective=objective).everywhere("test")
        assert (signed.card.number, signed.side) == (opened.number, Side.COMMUNITY)


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
        objective = committee.objective()
        came_of_it = collide(
            *(lambda by=by, objective=objective: put(by, objective) for by in (committee.opener, committee.others[0]))
        )
        assert came_of_it == ["NotPossible", "done"]
