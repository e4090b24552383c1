"""Two at once at the store: no row is left without its bytes, and no bytes without a row. A control shows what else
would come of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from commonplace.communities.models import Person
from commonplace.files import jobs, limits, receiving, storing
from commonplace.files.models import File
from tests.files.sent import PDF, sent, stored
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None, story: Story) -> tuple[Person, Person]:
    return story.member("Lea"), story.member("Tom")


def gone(row: File) -> None:
    File.objects.filter(pk=row.pk).everywhere("test").delete()


def test_two_who_send_the_same_bytes_have_them_once(people: tuple[Person, Person]) -> None:
    lea, tom = people
    for number in range(ROUNDS):
        data = PDF.replace(b"1.7", b"1.%d" % number)
        assert collide(lambda data=data: sent(lea, data), lambda data=data: sent(tom, data)) == ["done", "done"]
    assert len(stored()) == ROUNDS
    assert File.objects.everywhere("test").count() == 2 * ROUNDS
    assert jobs.missing() == []


def test_what_is_taken_away_is_not_what_somebody_is_sending(people: tuple[Person, Person]) -> None:
    lea, tom = people
    for number in range(ROUNDS):
        data = PDF.replace(b"1.7", b"1.%d" % number)
        old = sent(lea, data)
        gone(old)
        digest = old.digest
        came = collide(
            lambda data=data: sent(tom, data),
            lambda digest=digest: jobs.remove_if_nobody_names(digest),
            lambda data=data: sent(lea, data),
        )
        assert came == ["done"] * 3
        assert jobs.missing() == []


@pytest.mark.parametrize("together", [True, False], ids=["in turn", "without"])
def test_who_takes_away_waits_for_who_is_putting_there(
    people: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch, together: bool
) -> None:
    """The bytes are there, their row is on its way: the moment in which they could be taken for nobody's."""
    lea, _ = people
    old = sent(lea, PDF)
    gone(old)
    kept, asked = threading.Event(), threading.Event()

    class Slow(storing.Laid):
        def keep(self) -> None:
            super().keep()
            kept.set()
            asked.wait(0.5)  # nobody comes who waits for us

    def removed() -> None:
        kept.wait()
        jobs.remove_if_nobody_names(old.digest)
        asked.set()

    monkeypatch.setattr(receiving, "Laid", Slow)
    if not together:
        monkeypatch.setattr(jobs, "alone", nothing_at_all)
    assert collide(lambda: sent(lea, PDF), removed) == ["done", "done"]
    assert bool(jobs.missing()) is not together


@contextmanager
def nothing_at_all() -> Iterator[None]:
    yield


def test_two_files_of_one_person_do_not_both_take_the_last_room(
    people: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    lea, _ = people
    monkeypatch.setattr(limits, "MOST_FILES", 1)
    tries = [lambda number=number: sent(lea, PDF.replace(b"1.7", b"1.%d" % number)) for number in range(2)]
    assert collide(*tries) == ["NotPossible", "done"]
    assert len(stored()) == 1
