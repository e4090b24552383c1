"""Which tables this test has written to: what nobody wrote needs no asking for, and no telling twice."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from commonplace.ledger import replay

WRITE = re.compile(
    r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)', re.IGNORECASE
)
ROLLED_BACK = re.compile(r"^\s*ROLLBACK", re.IGNORECASE)
HARMLESS = re.compile(r"^\s*(?:SELECT|WITH|BEGIN|SAVEPOINT|RELEASE|EXPLAIN|PRAGMA|SET\s|VALUES)", re.IGNORECASE)
READ = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
ANYTHING = "*"


class Written:
    """`tables`: with ANYTHING among them if a statement wrote who knows where. `times`: how often something was."""

    def __init__(self) -> None:
        self.tables, self.always, self.times = set[str](), set[str](), 0
        self.read: set[str] | None = None
        self.learned: dict[str, frozenset[str]] = {}

    def begin(self) -> None:
        """A test begins; of a world that is there for several, what was written stays written."""
        if not connection.in_atomic_block:
            self.tables = set(self.always)

    def notice(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A wrapper of every statement."""
        if write := WRITE.match(sql):
            self.note(write[1])
        elif ROLLED_BACK.match(sql):
            self.times += 1
        elif not HARMLESS.match(sql):
            self.note(ANYTHING)
        elif self.read is not None:
            self.read.update(READ.findall(sql))
        return execute(sql, params, many, context)

    def note(self, table: str) -> None:
        self.tables.add(table)
        self.times += 1

    @contextmanager
    def asking_no_more(self) -> Iterator[None]:
        """Within this block a reducer whose tables nobody wrote to has no rows: it is not asked for them.

        Which it reads is learned when it is asked for the first time; what it reads only if there was something in
        another table is learned or was not needed.
        """
        with pytest.MonkeyPatch.context() as patch:
            for reducer in replay.REDUCERS if self._knows() else ():
                patch.setattr(reducer, "rows", self._sparing(reducer.name, reducer.rows))
            yield

    def _knows(self) -> bool:
        return connection.in_atomic_block and ANYTHING not in self.tables

    def _sparing(self, name: str, rows: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def spared(span: Any) -> Any:
            if name in self.learned and not self.learned[name] & self.tables:
                return {}
            self.read = set()
            try:
                return rows(span)
            finally:
                self.learned[name] = self.learned.get(name, frozenset()) | self.read
                self.read = None

        return spared


written = Written()
