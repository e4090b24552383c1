"""A change of an objective is another card, written from the newest one; the one in force stays so meanwhile."""

from collections.abc import Callable

import pytest

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.steering import acts
from commonplace.steering.models import Card, Objective
from tests.steering.conftest import WORDS, evidence_of
from tests.story import Story


def test_a_member_without_a_role_changes_none(story: Story, objective: Objective) -> None:
    with pytest.raises(NotAllowed):
        acts.write_card(story.member("Lea"), objective, card=Card(**WORDS), base=objective.latest)


def test_the_old_card_stays_in_force_until_the_new_one_is_signed(
    sponsor: Person, in_force: Card, change: Callable[..., Card]
) -> None:
    change(expected="30 a month")
    objective = Objective.objects.visible_to(sponsor).get()
    assert (objective.latest.number, objective.in_force.number if objective.in_force else None) == (2, 1)
    assert evidence_of("objective.card_written").number == 2


@pytest.mark.parametrize("words", [{}, {"metrics": ["X3", "N3"]}])
def test_nothing_changed_is_no_card(change: Callable[..., Card], words: dict[str, object]) -> None:
    with pytest.raises(NotPossible, match="Nothing has changed"):
        change(**words)


@pytest.mark.parametrize("words", [{"metrics": ["X3"]}, {"review_days": 30}, {"why": "Because."}])
def test_whatever_is_on_a_card_is_a_change(change: Callable[..., Card], words: dict[str, object]) -> None:
    assert change(**words).number == 2


def test_it_is_whole_as_the_first_one_was(change: Callable[..., Card]) -> None:
    with pytest.raises(NotPossible, match="all that the card asks"):
        change(much_more="")


def test_nobody_overwrites_what_they_have_not_read(
    story: Story, objective: Objective, change: Callable[..., Card]
) -> None:
    """Two change the same card; the second sees what the first wrote before they go on."""
    read = objective.latest
    change(expected="30 a month")
    with pytest.raises(NotPossible, match="newer card"):
        acts.write_card(story.facilitator, objective, card=Card(**{**WORDS, "expected": "10"}), base=read)


def test_a_card_of_another_objective_is_no_beginning(story: Story, sponsor: Person, objective: Objective) -> None:
    other = acts.state(sponsor, story.community, card=Card(**{**WORDS, "statement": "Another"}))
    with pytest.raises(NotPossible, match="newer card"):
        acts.write_card(sponsor, objective, card=Card(**{**WORDS, "expected": "10"}), base=other.latest)
