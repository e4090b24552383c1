"""Pressed twice at the same moment, a batch comes in once. The negative control: what would come of it otherwise."""

from functools import partial
from typing import Any

import pytest
from django.db import connection

from commonplace.communities.models import Person
from commonplace.objectifying import batches
from commonplace.objectifying.models import Batch, BatchRow
from commonplace.objectifying.models.batch import BatchRowQuerySet
from commonplace.untrusted.documents import Found, Parts, Place
from tests.story import Story
from tests.trust.colliding import TIMES, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROWS = 3


def laid(story: Story, lea: Person, number: int) -> Batch:
    rows = [Found(Place(f"{n}.md"), f"Step {n}", Parts(how="Slowly.")) for n in range(ROWS)]
    return batches.lay_out(lea, story.community, rows, called=f"Handbook {number}")


def pressed_twice(story: Story, lea: Person, number: int) -> tuple[list[str], int]:
    """What came of both, and how many of its rows are said to be here."""
    batch = laid(story, lea, number)
    copy = Batch.objects.everywhere("test").get(pk=batch.pk)
    ends = collide(partial(batches.confirm, lea, batch), partial(batches.confirm, lea, copy))
    return ends, BatchRow.objects.everywhere("test").filter(batch=batch.pk, became="brought").count()


def test_pressed_twice_at_once_each_row_comes_in_once(story: Story) -> None:
    lea = story.member("Lea")
    assert [pressed_twice(story, lea, n) for n in range(4 * TIMES)] == [(["done", "done"], ROWS)] * 4 * TIMES


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_without_a_lock_on_the_row_the_second_press_would_say_that_it_is_not_here(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unlocked(rows: Any, **kwargs: Any) -> Any:
        return rows

    monkeypatch.setattr(BatchRowQuerySet, "select_for_update", unlocked)
    lea = story.member("Lea")
    assert [pressed_twice(story, lea, n)[1] for n in range(8)] != [ROWS] * 8
