"""On SQLite whoever waits to write has a turn: nobody who came later goes first for long."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.sqlite3 import base

from commonplace.ledger.sqlite.pen import Pen
from commonplace.ledger.sqlite.turns import Turns

LONG = 60.0


def test_one_at_a_time_in_a_process_and_among_processes(tmp_path: Path) -> None:
    """Two pens of one file are two processes: what they lock is held by the open file."""
    ours, theirs = Pen(f"{tmp_path}/database"), Pen(f"{tmp_path}/database")
    assert ours.take(LONG)
    assert not ours.take(0.01)
    assert not theirs.take(0.01)
    ours.lay()
    assert theirs.take(LONG)
    theirs.lay()
    assert ours.take(LONG)


def test_who_waits_is_next(tmp_path: Path) -> None:
    ours, theirs = Pen(f"{tmp_path}/database"), Pen(f"{tmp_path}/database")
    assert ours.take(LONG)
    taken = Event()
    waiting = Thread(target=lambda: theirs.take(LONG) and taken.set())
    waiting.start()
    ours.lay()
    waiting.join(LONG)
    assert taken.is_set()


def test_who_came_first_goes_first_however_quick_another_is(tmp_path: Path) -> None:
    """Whoever lays it down and would have it again at once waits behind those who wait."""
    pen, order = Pen(f"{tmp_path}/database"), list[str]()

    def write(name: str) -> None:
        assert pen.take(LONG)
        order.append(name)
        pen.lay()

    for _ in range(20):
        assert pen.take(LONG)
        waiting = [Thread(target=write, args=[name]) for name in ("first", "second")]
        for number, thread in enumerate(waiting, start=1):
            thread.start()
            until(lambda number=number: len(pen.turn.waiting) == number)  # type: ignore[misc]
        pen.lay()
        write("rival")
        for thread in waiting:
            thread.join(LONG)
    assert order == ["first", "second", "rival"] * 20


def until(reached: Callable[[], bool]) -> None:
    last = time.monotonic() + LONG
    while not reached():
        assert time.monotonic() < last


def test_who_gave_up_is_not_waited_for(tmp_path: Path) -> None:
    pen = Pen(f"{tmp_path}/database")
    assert pen.take(LONG)
    assert not pen.take(0)
    pen.lay()
    assert pen.take(LONG)


def test_what_is_handed_over_at_the_last_moment_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes just as patience has ended."""
    turns = Turns()
    assert turns.acquire(LONG)
    left = turns._left
    monkeypatch.setattr(turns, "_left", lambda mine: (turns.release(), left(mine))[1])
    assert turns.acquire(0)
    turns.release()
    assert turns.acquire(0)


def test_without_a_place_to_queue_one_tries_all_the_same(tmp_path: Path) -> None:
    pen = Pen(f"{tmp_path}/nowhere/database")
    assert not pen.take(LONG)
    assert not pen.take(LONG), "and the next is not kept waiting"


on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many pens")


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [lambda: None, lambda: {}["badly"], connection.close], ids=["well", "badly", "closed"])
def test_it_is_laid_down_however_the_transaction_ends(end: Callable[[], None]) -> None:
    other = Pen(str(connection.settings_dict["NAME"]))
    with suppress(KeyError), transaction.atomic():
        assert not other.take(0.01)
        end()
    assert other.take(LONG)
    other.lay()


@pytest.fixture
def elsewhere(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody writes who does not queue, and nobody is patient."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
    connection.close()


@on_sqlite
def test_it_is_laid_down_when_the_transaction_cannot_begin(elsewhere: None) -> None:
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    other = Pen(str(connection.settings_dict["NAME"]))
    assert other.take(LONG)
    other.lay()


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_what_was_waited_for_the_pen_is_not_waited_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    patience: list[int] = []
    begin = base.DatabaseWrapper._start_transaction_under_autocommit

    def noted(self: Any) -> None:
        patience.append(asked())
        begin(self)

    def asked() -> int:
        return int(connection.connection.execute("PRAGMA busy_timeout").fetchone()[0])

    monkeypatch.setattr(base.DatabaseWrapper, "_start_transaction_under_autocommit", noted)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    other = Pen(str(connection.settings_dict["NAME"]))
    assert other.take(LONG)
    with transaction.atomic():
        pass
    patience.append(asked())
    other.lay()
    connection.close()
    assert patience == [0, 200], "all of it again for what is written without a transaction"
