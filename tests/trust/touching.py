"""How much of the database a page touches, as the engine itself counts it.

PostgreSQL tells the rows of each part of a statement when it is carried out under EXPLAIN ANALYZE. SQLite tells no
rows, but calls back after so many instructions of its virtual machine: a row that is looked at, compared or sorted
costs some 5 to 60 of them, so a scan of thousands of rows cannot hide there. A plan without a scan would prove less: an
index may be walked from one end to the other too.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

AT_A_TIME = 100


class Touched:
    """`amount`: rows on PostgreSQL, steps on SQLite; of each statement in `statements`."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, list[int]]] = [("", [0])]

    def add(self, amount: int) -> None:
        self.statements[-1][1][0] += amount

    @property
    def amount(self) -> int:
        return sum(amount for _sql, [amount] in self.statements)

    def __str__(self) -> str:
        worst = sorted(((amount, sql) for sql, [amount] in self.statements), reverse=True)[:3]
        return "\n".join(f"{amount} {sql[:1500]}" for amount, sql in worst)


@contextmanager
def touching() -> Iterator[Touched]:
    """What the statements of this block touch."""
    touched = Touched()
    with _rows_of(touched) if connection.vendor == "postgresql" else _steps_of(touched):
        yield touched


@contextmanager
def _steps_of(touched: Touched) -> Iterator[None]:
    """Rows are stepped to as they are fetched: what comes before the next statement belongs to the last."""

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        touched.statements.append((sql, [0]))
        return execute(sql, *rest)

    connection.ensure_connection()
    connection.connection.set_progress_handler(lambda: touched.add(AT_A_TIME), AT_A_TIME)
    try:
        with connection.execute_wrapper(note):
            yield
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def _rows_of(touched: Touched) -> Iterator[None]:
    def count(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        touched.statements.append((sql, [_rows(sql, params)]))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(count):
        yield


def _rows(sql: str, params: Any) -> int:
    if not sql.lstrip(" (").upper().startswith("SELECT") or " FOR " in sql[-40:].upper():
        return 0
    with connection.connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", params)
        [(plan,)] = cursor.fetchall()
    return _looked_at((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _looked_at(node: dict[str, Any]) -> int:
    """Rows that came out of tables and indexes, and those that were looked at there and left."""
    below = sum(map(_looked_at, node.get("Plans", ())))
    if not node["Node Type"].endswith("Scan"):
        return below
    names = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter")
    return below + round(sum(node.get(name, 0) for name in names) * node["Actual Loops"])
