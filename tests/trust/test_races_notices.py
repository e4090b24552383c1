"""Two workers tell people at the same moment. Each race has its negative control: what would come of it otherwise."""

import threading
from copy import deepcopy
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from commonplace.communities.models import Person
from commonplace.corresponding import concerned
from commonplace.corresponding.letters import composing, deciding, wishes
from commonplace.corresponding.models import Letter, LetterKind, Notice, NoticeQuerySet
from commonplace.corresponding.noting import note
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from tests.story import Story
from tests.trust.colliding import ROUNDS, collide

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one writes after the other")


@pytest.fixture
def story(transactional_db: None) -> Story:
    return Story()


@pytest.fixture
def lea(story: Story) -> Person:
    return story.member("Lea")


@pytest.fixture
def omar(story: Story) -> Person:
    return story.member("Omar")


def mine(lea: Person) -> list[Notice]:
    return list(Notice.objects.filter(person=lea).everywhere("test"))


def answered(story: Story, lea: Person, omar: Person) -> list[Act]:
    exchange = story.ask(lea)
    story.respond(omar, exchange)
    return list(Act.objects.everywhere("test").filter(verb="exchange.responded", subject=exchange.pk))


def test_an_act_is_told_once_by_two_workers(story: Story, lea: Person, omar: Person) -> None:
    for number in range(ROUNDS):
        acts = answered(story, lea, omar)
        assert collide(*[partial(note, acts)] * 2) == ["done", "done"]
        assert len(mine(lea)) == number + 1


def test_control_who_looks_first_and_writes_then_finds_it_written(story: Story, lea: Person, omar: Person) -> None:
    rows, looked = concerned.notices(answered(story, lea, omar)[0]), threading.Barrier(2)

    def tell() -> None:
        if not mine(lea):
            looked.wait()
            deepcopy(rows[0]).save(force_insert=True)

    assert collide(tell, tell) == ["IntegrityError", "done"]


def in_a_digest_and_at_once(lea: Person, notice: Notice) -> bool:
    """A digest is settled while it is decided what goes at once: whether both have it."""
    Letter.objects.all().delete()
    Notice.objects.filter(pk=notice.pk).everywhere("test").update(letter=None)
    digest = Letter.objects.create(person=lea, kind=LetterKind.DIGEST, due_at=clock.now())
    stood: list[Any] = []

    def settle() -> None:
        composing.settle([digest])
        stood.extend(Notice.objects.filter(letter=digest.pk).everywhere("test").values_list("pk", flat=True))

    def decide() -> None:
        with transaction.atomic():
            deciding.decide([notice.act])

    assert collide(settle, decide) == ["done", "done"]
    return bool(stood) and mine(lea)[0].letter_id != digest.pk


def noticed(story: Story, lea: Person, omar: Person) -> Notice:
    note(answered(story, lea, omar))
    return mine(lea)[0]


def test_what_stands_in_a_digest_goes_in_no_other_letter(story: Story, lea: Person, omar: Person) -> None:
    notice = noticed(story, lea, omar)
    assert not any(in_a_digest_and_at_once(lea, notice) for _ in range(ROUNDS))


@postgresql
def test_control_what_is_not_held_is_in_both(
    story: Story, lea: Person, omar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice, read, settled = noticed(story, lea, omar), threading.Event(), threading.Event()
    settle, of_all = composing.settle, wishes.of_all

    def settling(letters: list[Letter]) -> None:
        read.wait()
        settle(letters)
        settled.set()

    def asking(people: Any) -> Any:
        read.set()
        settled.wait()
        return of_all(people)

    monkeypatch.setattr(composing, "settle", settling)
    monkeypatch.setattr(wishes, "of_all", asking)
    monkeypatch.setattr(NoticeQuerySet, "select_for_update", lambda rows, **how: rows)
    assert in_a_digest_and_at_once(lea, notice)
