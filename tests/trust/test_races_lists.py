"""Two open the same list, or a list and one of its practices, at the same moment: all of it opens, or none."""

from datetime import date
from functools import partial

import pytest

from commonplace.communities.models import Person
from commonplace.consenting import acts as rounds
from commonplace.consenting.acts.opening import _can_be_opened
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal
from commonplace.ledger.act import writing
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide, recorded, unlocked

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ONE = ["NotPossible", "done"]


class Shelf:
    """Lea brought them in, and two back each; all four may speak."""

    def __init__(self, story: Story) -> None:
        self.story, self.fay, self.n = story, story.facilitator, 0
        self.lea, self.omar, self.ines = (story.member(name) for name in ("Lea", "Omar", "Ines"))

    def brought(self, many: int = 3) -> list[Practice]:
        return [self._one() for _ in range(many)]

    def _one(self) -> Practice:
        self.n += 1
        practice = self.story.bring(self.lea, title=f"Procedure {self.n}", since_on=date(2021, 3, 3))
        acts.back(self.omar, practice)
        return practice

    def together(self, by: Person, rows: list[Practice]) -> Proposal:
        put = [(row, Proposal(matter=Kind.ACCEPTANCE, number=1, aim="Sleep")) for row in rows]
        return rounds.open_list(by, self.story.community, put=put)


def lists_of(rows: list[Practice]) -> list[str]:
    """Of each the one round that there may be."""
    assert {recorded("proposal.opened", row.pk) for row in rows} <= {0, 1}
    about = [row.pk for row in rows]
    return list(Proposal.objects.filter(subject_id__in=about).everywhere("test").values_list("list", flat=True))


@pytest.fixture
def shelf(transactional_db: None, story: Story) -> Shelf:
    return Shelf(story)


def test_of_two_lists_with_the_same_in_them_one_opens_whole(shelf: Shelf) -> None:
    for _ in range(ROUNDS):
        rows = shelf.brought()
        same = partial(shelf.together, shelf.lea, rows), partial(shelf.together, shelf.fay, rows[::-1])
        assert collide(*same) == ONE
        lists = lists_of(rows)
        assert len(lists) == 3
        assert len(set(lists)) == 1


def test_a_list_and_one_of_its_practices_proposed_alone(shelf: Shelf) -> None:
    for _ in range(ROUNDS):
        rows = shelf.brought()
        alone = partial(shelf.story.propose, shelf.fay, rows[2])
        assert collide(partial(shelf.together, shelf.lea, rows), alone) == ONE
        lists = lists_of(rows)
        assert lists == [""] or (len(lists) == 3 and len(set(lists)) == 1), "no part of a list is open"


@pytest.mark.breaks_ledger
def test_without_the_act_the_database_would_have_to_refuse_the_second(shelf: Shelf) -> None:
    [row] = shelf.brought(1)
    put = {"proposal": Proposal(matter=Kind.ACCEPTANCE, number=1, aim="Sleep")}
    both = [lambda both, by=by: both(by, row, **put) for by in (shelf.lea, shelf.fay)]
    with writing():
        assert unlocked("proposal.opened", _can_be_opened, *both) == ["IntegrityError", "done"]
