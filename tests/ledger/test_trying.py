"""An act that lost a deadlock is tried again, whole and once; only where all of it was rolled back."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection, models, transaction

from commonplace.communities.models import Community, Person
from commonplace.externalizing.models import Exchange, Response
from commonplace.ledger import act as acting
from commonplace.ledger import effects, trying
from commonplace.ledger.act import Written, nothing
from commonplace.ledger.check import findings
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Nothing
from commonplace.ledger.models import Act
from tests.ledger.tale import Tale
from tests.ledger.toys import Toy
from tests.story import Story
from tests.trust.colliding import collide


class Driver(Exception):
    """What stands behind a database error."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


def lose(sqlstate: str = trying.DEADLOCK) -> None:
    raise OperationalError("lost") from Driver(sqlstate)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "PAUSE", 0)


class Trial:
    """An act that stores a new row and asks for something after the commit; it fails as often as it is told."""

    def __init__(self, toy: Toy, failing: Callable[[], None], times: int) -> None:
        self.tries = self.committed = 0
        self.failing, self.times = failing, times

        @toy("toy.tried", locks=nothing)
        def perform(actor: Person, community: Community, *, exchanges: list[Exchange]) -> Written[Exchange]:
            self.tries += 1
            for exchange in exchanges:
                exchange.community, exchange.opener, exchange.title = community, actor, exchange.title + "!"
                exchange.save(force_insert=True)
            transaction.on_commit(self._follow)
            if self.tries <= self.times:
                self.failing()
            return Written(exchanges[0], Nothing())

        self.perform = perform

    def _follow(self) -> None:
        self.committed += 1

    def do(self, story: Story) -> Exchange:
        exchange = Exchange(title="Pump", body="Pump")
        done: Exchange = self.perform(story.facilitator, story.community, exchanges=[exchange])
        return done


@pytest.fixture
def trial(transactional_db: None, toy: Toy) -> Callable[..., Trial]:
    return lambda failing=lose, times=1: Trial(toy, failing, times)


def _recorded() -> int:
    return Act.objects.everywhere("test").filter(verb="toy.tried").count()


@pytest.mark.parametrize("sqlstate", [trying.DEADLOCK, trying.SERIALIZATION])
@pytest.mark.parametrize("times", [1, trying.MOST_TRIES - 1])
def test_what_was_lost_is_done_once_in_the_end(trial: Any, story: Story, sqlstate: str, times: int) -> None:
    one = trial(lambda: lose(sqlstate), times)
    exchange = one.do(story)
    assert (one.tries, one.committed, _recorded()) == (times + 1, 1, 1)
    assert Exchange.objects.everywhere("test").get().title == exchange.title == "Pump!"


def test_nothing_that_a_lost_try_left_on_a_new_row_is_there_again(
    transactional_db: None, story: Story, toy: Toy
) -> None:
    seen: list[bool] = []

    @toy("toy.marked", locks=nothing)
    def perform(actor: Person, community: Community, *, exchange: Exchange) -> Written[Exchange]:
        seen.append(hasattr(exchange, "mark"))
        exchange.mark = "half done"
        exchange.community, exchange.opener = community, actor
        exchange.save(force_insert=True)
        if len(seen) < 3:
            lose()
        return Written(exchange, Nothing())

    perform(story.facilitator, story.community, exchange=Exchange(title="Pump", body="Pump"))
    assert seen == [False] * 3


def test_it_gives_up_with_the_error(trial: Any, story: Story) -> None:
    one = trial(times=100)
    with pytest.raises(OperationalError, match="lost"):
        one.do(story)
    assert (one.tries, one.committed, _recorded()) == (trying.MOST_TRIES, 0, 0)
    assert not Exchange.objects.everywhere("test").exists()


def test_within_a_transaction_it_is_not_tried_again(trial: Any, story: Story) -> None:
    """What was done before in it would be lost."""
    one = trial()
    with pytest.raises(OperationalError), transaction.atomic():
        one.do(story)
    assert (one.tries, one.committed, _recorded()) == (1, 0, 0)


def _break_a_guard() -> None:
    raise NotPossible("It is not.")


@pytest.mark.parametrize("failing", [_break_a_guard, lambda: lose("57014"), lambda: lose("")])
def test_nothing_else_is_tried_again(trial: Any, story: Story, failing: Callable[[], None]) -> None:
    one = trial(failing)
    with pytest.raises((NotPossible, OperationalError)):
        one.do(story)
    assert (one.tries, one.committed) == (1, 0)


@pytest.mark.race
def test_of_two_in_a_real_deadlock_both_are_served(transactional_db: None, story: Story, toy: Toy) -> None:
    """Neither declares what it changes: the database breaks it, and the loser is tried again."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    import threading

    one, two = story.member("Lea"), story.member("Omar")
    both, tries = threading.Barrier(2), []

    @toy("toy.crossed", locks=nothing)
    def cross(actor: Person, first: Person, *, second: Person) -> Written[Person]:
        tries.append(actor.pk)
        for number, person in enumerate((first, second)):
            if number and tries.count(actor.pk) == 1:
                both.wait()
            Person.objects.filter(pk=person.pk).update(name=f"by {actor.name}")
        return Written(first, Nothing())

    pair = (lambda: cross(one, one, second=two), lambda: cross(two, two, second=one))
    assert collide(*pair) == ["done", "done"]
    assert len(tries) >= 3


# Every act


OF_THEIR_OWN = {"password_set_at", "password", "last_login", "digest", "html"}


def _shown() -> dict[str, list[tuple[object, ...]]]:
    """All rows and acts, with each id named by its first appearance in the ledger."""
    acts = Act.objects.everywhere("test").order_by("id")
    columns = ("verb", "actor", "object", "subject", "community", "evidence", "newcomer", "unit_id", "happened_at")
    happened = list(acts.values_list(*columns))
    names: dict[str, str] = {}
    for verb, *ids in acts.values_list("verb", "actor", "object", "subject", "community"):
        for place, pk in enumerate(ids):
            names.setdefault(pk, f"{verb} {place} {len(names)}")
    tables = {model._meta.label: _rows(model, names) for model in _models()}
    return tables | {"acts": [_plain(row, names) for row in happened]}


def _rows(model: Any, names: dict[str, str]) -> list[tuple[object, ...]]:
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField) and field.name not in OF_THEIR_OWN
    ]
    return sorted((_plain(row, names) for row in model._base_manager.values_list(*columns)), key=repr)


def _plain(row: tuple[object, ...], names: dict[str, str]) -> tuple[object, ...]:
    return tuple(_named(value, names) for value in row)


def _named(value: object, names: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _named(one, names) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((_named(one, names) for one in value), key=repr)  # of one moment, ids come in any order
    if isinstance(value, str) and len(value) in (16, 26) and value.isalnum():
        return names.get(value, "an id, or a digest")
    return value


def _models() -> Iterator[Any]:
    for phase in settings.PHASES:
        for model in apps.get_app_config(phase).get_models(include_auto_created=True):
            if model is Person or not hasattr(model, "OUTSIDE_ACTS"):
                yield model


def test_every_act_survives_a_lost_deadlock(
    transactional_db: None, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first attempt of each loses its deadlock at the very end; the tale ends as if nothing had been. Of several
    that go through together, or not at all, the first loses it once."""
    with transaction.atomic():
        Tale()
        undisturbed = _shown()
        transaction.set_rollback(True)
    lost, together, record = [], [], acting.record

    def losing_once(verb: str, *rest: Any) -> None:
        record(verb, *rest)
        if transaction.get_connection().savepoint_ids:
            transaction.on_commit(together.clear)
            if together:
                return
            together.append(verb)
            lost.append(verb)
            lose()
        if not lost or lost[-1] == "":
            lost.append(verb)
            lose()
        lost.append("")

    monkeypatch.setattr(acting, "record", losing_once)
    monkeypatch.setattr(effects.jobs, "run", lambda job: None)  # Else the worker does at once what the tale tells.
    Tale()
    disturbed = _shown()
    assert {table for table in disturbed if disturbed[table] != undisturbed[table]} == set()
    assert len([verb for verb in lost if verb]) > 80
    assert list(findings()) == []
    assert Response.objects.everywhere("test").exists()
