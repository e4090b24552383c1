"""On SQLite whoever waits to write has a turn: nobody who came later goes first for long."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from commonplace.ledger.sqlite.pen import Pen

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


def test_without_a_place_to_queue_one_tries_all_the_same(tmp_path: Path) -> None:
    pen = Pen(f"{tmp_path}/nowhere/database")
    assert not pen.take(LONG)
    assert not pen.take(LONG), "and the next is not kept waiting"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many pens")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", [lambda: None, lambda: {}["badly"], connection.close], ids=["well", "badly", "closed"])
def test_it_is_laid_down_however_the_transaction_ends(end: Callable[[], None]) -> None:
    other = Pen(str(connection.settings_dict["NAME"]))
    with suppress(KeyError), transaction.atomic():
        assert not other.take(0.01)
        end()
    assert other.take(LONG)
    other.lay()
