"""SQLite, whose one pen is waited for in turn."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.backends.sqlite3 import base

from commonplace.ledger.sqlite.pen import Pen, pen_of
from commonplace.untrusted.visible import folded


class DatabaseWrapper(base.DatabaseWrapper):
    has_pen = False

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_function("folded", 1, folded, deterministic=True)
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        last = time.monotonic() + self._patience
        if not self.is_in_memory_db():
            self.has_pen = self._pen.take(self._patience)
        try:
            self._wait_at_most(last - time.monotonic())
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._lay_pen()
            raise
        finally:
            self._wait_at_most(self._patience)

    @contextmanager
    def waiting_at_most(self, seconds: float) -> Iterator[None]:
        """Within this block, outside a transaction, a statement that would wait longer for who writes fails."""
        self.ensure_connection()
        self._wait_at_most(seconds)
        try:
            yield
        finally:
            self._wait_at_most(self._patience)

    def _wait_at_most(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {max(0, round(1000 * seconds))}")

    def _commit(self) -> Any:
        try:
            return super()._commit()
        finally:
            self._lay_pen()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._lay_pen()

    def _close(self) -> Any:
        try:
            return super()._close()
        finally:
            self._lay_pen()

    def _lay_pen(self) -> None:
        if self.has_pen:
            self.has_pen = False
            self._pen.lay()

    @property
    def _patience(self) -> float:
        """For the pen and for SQLite's own lock together."""
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))

    @property
    def _pen(self) -> Pen:
        return pen_of(str(self.settings_dict["NAME"]))
