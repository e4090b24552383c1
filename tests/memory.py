"""What stories begin with is done once, through the acts, and remembered: told again, its rows are laid down at once.

A deed is told again only where all that was done before it in this test was the same, in the same order, at the same
moment of the story, with nothing put in the place of the program: else it is done through the acts.
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterable
from copy import copy, deepcopy
from dataclasses import dataclass, is_dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pytest
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection
from django.db.models import Model
from django.utils.translation import get_language

from commonplace.ledger import clock
from commonplace.ledger.act import is_writing, writing
from tests.committing import committing
from tests.written import ANYTHING, written

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")
Rows = tuple[Any, ...]
Key = tuple[Any, ...]
AT_ONCE = 200
COMPARED = (str, int, float, date, timedelta)
FRESH = timedelta(seconds=30)
"""Where the clock goes on, what is remembered must have been done just now."""


class Unknown(Exception):
    """Of this nobody can say whether it is the same."""


@dataclass(frozen=True)
class Table:
    columns: tuple[str, ...]
    rows: "Counter[Rows]"


@dataclass(frozen=True)
class Deed:
    """`gone` and `come`: by table, rows that it took away (by their keys) and laid down; `after`: all it touched."""

    gone: dict[str, list[Rows]]
    come: dict[str, tuple[tuple[str, ...], list[Rows]]]
    after: dict[str, Table]
    answer: Any
    counters: dict[str, Any]
    done_at: Any


class Memory:
    def __init__(self) -> None:
        self.deeds: dict[Key, Deed] = {}
        self.base: dict[str, Table] = {}
        self.keys: dict[str, tuple[str, ...]] = {}
        self.path: Key | None = None
        self.times = 0
        self.doing = False
        self.patch: pytest.MonkeyPatch | None = None
        self.patched = 0

    def begin(self, patch: pytest.MonkeyPatch) -> None:
        """A test begins; in a world that is there for several, nothing is remembered."""
        self.path = None if connection.in_atomic_block else ()
        self.times, self.patch, self.patched = written.times, patch, _patches(patch)

    def tell(self, what: Key, teller: Any, do: Callable[[], R]) -> R:
        if self.doing or not self._stands():
            return do()
        moment = clock._set.get()
        key = (*cast(Key, self.path), (what, moment, get_language(), committing.nobody_works))
        deed = self.deeds.get(key)
        if deed is None or (moment is None and clock.wall() - deed.done_at > FRESH):
            return self._learned(key, teller, do)
        self._lay_down(deed)
        self.path, self.times = key, written.times
        answer, counters = deepcopy((deed.answer, deed.counters))
        _story_of(teller).__dict__.update(counters)
        return cast(R, answer)

    def _stands(self) -> bool:
        """Nothing was done in this test but what is remembered."""
        within = connection.atomic_blocks[0]._from_testcase if connection.in_atomic_block else False
        same = self.path is not None and self.times == written.times and ANYTHING not in written.tables
        plain = self.patch is not None and _patches(self.patch) == self.patched
        return bool(within and same and plain) and not is_writing() and not _other_settings()

    def _learned(self, key: Key, teller: Any, do: Callable[[], R]) -> R:
        self._forget(key)
        before, written.tables = written.tables, set()
        letters = len(mail.outbox)
        self.doing, done_at = True, clock.wall()
        try:
            answer = do()
        finally:
            self.doing = False
            touched, written.tables = written.tables, before | written.tables
        plain = ANYTHING not in touched and len(mail.outbox) == letters
        if not plain or not self._keep(key, touched, answer, teller, done_at):
            self.path = None
            return answer
        self.path, self.times = key, written.times
        return answer

    def _forget(self, key: Key) -> None:
        """What came after it came after what it left behind the last time."""
        for later in [one for one in self.deeds if one[: len(key)] == key]:
            del self.deeds[later]

    def _keep(self, key: Key, touched: Iterable[str], answer: Any, teller: Any, done_at: Any) -> bool:
        known = self.deeds[key[:-1]].after if key[:-1] else self.base
        gone, come, after = dict[str, list[Rows]](), {}, dict(known)
        for name in sorted(touched):
            after[name] = table = read(name)
            was = known[name].rows if name in known else Counter[Rows]()
            if lost := list((was - table.rows).elements()):
                if not self._key_of(name):
                    return False
                gone[name] = [self._which(name, table.columns, row) for row in lost]
            if new := list((table.rows - was).elements()):
                come[name] = (table.columns, sorted(new, key=_first))
        kept, counters = deepcopy((answer, _counters(teller)))
        self.deeds[key] = Deed(gone, come, after, kept, counters, done_at)
        return True

    def _lay_down(self, deed: Deed) -> None:
        with writing(), connection.cursor() as cursor:
            for name, rows in deed.gone.items():
                where = " AND ".join(f'"{column}" = %s' for column in self._key_of(name))
                for row in rows:
                    cursor.execute(f'DELETE FROM "{name}" WHERE {where}', row)
            for name, (columns, rows) in deed.come.items():
                for some in _parts(rows):
                    cursor.execute(_insert(name, columns, len(some)), [value for row in some for value in row])

    def _key_of(self, name: str) -> tuple[str, ...]:
        if name not in self.keys:
            with connection.cursor() as cursor:
                self.keys[name] = tuple(connection.introspection.get_primary_key_columns(cursor, name) or ())
        return self.keys[name]

    def _which(self, name: str, columns: tuple[str, ...], row: Rows) -> Rows:
        by_name = dict(zip(columns, row, strict=True))
        return tuple(by_name[column] for column in self._key_of(name))


memory = Memory()


def remembered(do: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Of a method of a story: what it did in a test before is not done again."""

    @functools.wraps(do)
    def again(teller: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            what = (do.__qualname__, _same(teller), _same(args), _same(sorted(kwargs.items())))
        except Unknown:
            return do(teller, *args, **kwargs)
        return memory.tell(what, teller, lambda: do(teller, *args, **kwargs))

    return again


def read(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')
        columns = tuple(column[0] for column in cursor.description)
        return Table(columns, Counter(map(tuple, cursor.fetchall())))


def _insert(name: str, columns: tuple[str, ...], rows: int) -> str:
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    own_numbers = " OVERRIDING SYSTEM VALUE" if connection.vendor == "postgresql" else ""
    return f'INSERT INTO "{name}" ({names}){own_numbers} VALUES {", ".join([f"({places})"] * rows)}'


def _parts(rows: list[Rows]) -> Iterable[list[Rows]]:
    going = iter(rows)
    while some := list(islice(going, AT_ONCE)):
        yield some


def _first(row: Rows) -> str:
    return str(row[0]).rjust(40)


def _same(value: Any) -> Any:
    """Something to compare it by."""
    if isinstance(value, Model) and not value._state.adding:
        return (value._meta.label, value.pk)
    if isinstance(value, list | tuple):
        return tuple(map(_same, value))
    if hasattr(value, "told_as"):
        return value.told_as()
    if value is None or isinstance(value, COMPARED) or is_dataclass(value):
        return value
    raise Unknown


def _story_of(teller: Any) -> Any:
    return getattr(teller, "story", teller)


def _counters(teller: Any) -> dict[str, Any]:
    """What tells one thing that a story says from the next."""
    return {name: copy(value) for name, value in _story_of(teller).__dict__.items() if name == "times"}


def _patches(patch: pytest.MonkeyPatch) -> int:
    return len(patch._setattr) + len(patch._setitem)


def _other_settings() -> bool:
    return isinstance(settings._wrapped, UserSettingsHolder)
