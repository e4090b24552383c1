"""What a story begins with is laid down again row by row as it was done, only where nothing else was done before."""

from datetime import datetime

import pytest
from django.db import transaction

from commonplace.communities.acts import set_stage
from commonplace.communities.models import Stage
from commonplace.ledger.check import findings
from tests.memory import Table, memory, read
from tests.story import Story
from tests.written import written


@pytest.fixture(autouse=True)
def _forgotten(now: datetime, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "deeds", {})
    memory.patched += 1


def _begin() -> Story:
    memory.path, memory.times = (), written.times
    return Story()


def _rows_of_a_story() -> dict[str, Table]:
    with transaction.atomic():
        story = _begin()
        practice = story.distil(lea := story.member("Lea"), story.resolved(lea, omar := story.member("Omar", "North")))
        story.apply(omar, practice)
        assert list(findings()) == []
        rows = {name: read(name) for name in written.tables}
        transaction.set_rollback(True)
    return rows


def test_laid_down_again_it_is_as_it_was_done() -> None:
    done = _rows_of_a_story()
    deeds = dict(memory.deeds)
    assert _rows_of_a_story() == done
    assert len(deeds) == 6
    assert memory.deeds == deeds


def test_one_says_the_next_thing_and_not_the_same_again() -> None:
    for _ in range(2):
        with transaction.atomic():
            story = _begin()
            first, second = (story.ask(story.facilitator) for _ in range(2))
            assert first.body != second.body
            transaction.set_rollback(True)


def test_after_anything_else_it_is_done_through_the_acts() -> None:
    for stage in (Stage.COALESCING, Stage.MATURING):
        with transaction.atomic():
            story = _begin()
            deeds = len(memory.deeds)
            set_stage(story.facilitator, story.community, stage=stage)
            story.member("Lea")
            assert len(memory.deeds) == deeds
            transaction.set_rollback(True)


def test_with_something_in_the_place_of_the_program_too(monkeypatch: pytest.MonkeyPatch) -> None:
    story = _begin()
    deeds = len(memory.deeds)
    monkeypatch.setattr("commonplace.ledger.jobs.running.run_due", lambda: None)
    story.member("Lea")
    assert len(memory.deeds) == deeds
