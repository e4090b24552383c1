"""A test's transaction never commits: what would follow a commit follows each outermost block of the test's body."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from django.db import connection, transaction

from commonplace.ledger.jobs import run_due

ASKED = re.compile(r'^\s*INSERT INTO "ledger_job"', re.IGNORECASE)
_leave = transaction.Atomic.__exit__


class Committing:
    """Reactions run as in production: after the act, outside it, and only if it was not undone."""

    under_way = False
    asked = False
    nobody_works = False

    def notice(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """A wrapper of every statement: was there a job among them?"""
        self.asked = self.asked or bool(ASKED.match(sql))
        return execute(sql, params, many, context)

    def follow(self) -> None:
        if self.under_way or connection.needs_rollback:
            return
        self.under_way = True
        try:
            while connection.run_on_commit:
                _, follow, may_fail = connection.run_on_commit.pop(0)
                with suppress(Exception) if may_fail else nullcontext():
                    follow()
            if self.asked and not self.nobody_works:
                self.asked = False
                run_due()
        finally:
            self.under_way = False

    @contextmanager
    def without_a_worker(self) -> Iterator[None]:
        """Within this block jobs wait, unless the one who acts tries them at once."""
        self.nobody_works = True
        try:
            yield
        finally:
            self.nobody_works = self.asked = False


committing = Committing()


def _leave_and_follow(block: transaction.Atomic, *raised: Any) -> None:
    _leave(block, *raised)
    if connection.atomic_blocks and connection.atomic_blocks[-1]._from_testcase:
        committing.follow()


def install() -> None:
    transaction.Atomic.__exit__ = _leave_and_follow  # type: ignore[method-assign]
