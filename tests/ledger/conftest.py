"""Kinds of jobs for one test."""

from collections.abc import Callable

import pytest

from commonplace.ledger.jobs.kinds import KINDS, Kind, Work
from commonplace.ledger.jobs.schedules import Schedule

Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """`register(name, function)`: what `@job` does, until the end of the test."""

    def kind(name: str, work: Work, *, long: bool = False, when: Schedule | None = None) -> None:
        monkeypatch.setitem(KINDS, name, Kind(name, work, long, when))

    return kind
