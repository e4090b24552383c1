"""Kinds of jobs for one test."""

from collections.abc import Callable, Iterator

import pytest

from commonplace.ledger.jobs.kinds import KINDS, Kind, Work
from commonplace.ledger.jobs.schedules import Schedule
from tests.ledger.toys import Toy, toys

Register = Callable[..., None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """`register(name, function)`: what `@job` does, until the end of the test."""

    def kind(name: str, work: Work, *, long: bool = False, when: Schedule | None = None) -> None:
        monkeypatch.setitem(KINDS, name, Kind(name, work, long, when))

    return kind


@pytest.fixture
def toy(request: pytest.FixtureRequest) -> Iterator[Toy]:
    """Their acts stay in the ledger, and are unknown when they are gone."""
    request.node.add_marker("breaks_ledger")
    with toys() as declare:
        yield declare
