"""Each of the two walls around a form that is only shown, where the other does not stand."""

import pytest
from django.db import connection

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.shown import WouldBeDone, is_only_shown, only_shown
from tests.story import Story


def test_no_act_is_begun_even_one_that_would_write_nothing(story: Story) -> None:
    """It would be refused, before any row: it is not even asked."""
    with pytest.raises(NotPossible):
        acts.join(story.facilitator, story.community)
    with only_shown(), pytest.raises(WouldBeDone):
        acts.join(story.facilitator, story.community)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE communities_person SET picture = 'x'",
        "  insert into communities_tries (key, count, until) values ('a', 1, '2026-01-01')",
        "DELETE FROM communities_tries",
        "ALTER TABLE communities_tries ADD more integer",
        "DROP TABLE communities_tries",
    ],
)
def test_no_row_is_written_even_without_an_act(story: Story, statement: str) -> None:
    with only_shown(), connection.cursor() as cursor, pytest.raises(WouldBeDone):
        cursor.execute(statement)
    with only_shown(), pytest.raises(WouldBeDone):
        Person.objects.filter(pk=story.operator.pk).update(picture="x")
    assert not Person.objects.filter(picture="x").exists()


def test_reading_goes_on_and_afterwards_all_does(story: Story) -> None:
    with only_shown():
        assert is_only_shown()
        assert Person.objects.filter(pk=story.operator.pk).exists()
    assert not is_only_shown()
    acts.add_person(story.operator, Installation.current(), person=Person(name="New", email="new@x.org"))
