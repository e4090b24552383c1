"""What every test has: no Internet, no write outside an act, reactions after the commit, a story to tell."""

import re
import secrets
import socket
import tracemalloc  # noqa: F401 pytest imports it when a thread leaves something behind: two threads at once break that
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.middleware import csrf
from django.test import TransactionTestCase
from django.utils import translation

from commonplace.communities import marks
from commonplace.ledger import clock, seal
from commonplace.ledger.act import is_writing
from commonplace.ledger.check import findings
from commonplace.web.middleware import FirstVisit
from tests.committing import committing, install
from tests.databases import databases_differ
from tests.story import Story

WRITES = re.compile(
    r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+"?(\w+)', re.IGNORECASE
)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SPELLS_NOTHING = str.maketrans("0123456789abcdef", "bcdfghjkmnpqvwxz")  # No vowel, no digit.


hypothesis.settings.register_profile("untimed", deadline=None)  # A busy machine is no failure.
hypothesis.settings.load_profile("untimed")

GUARDING: list[bool] = []


class WriteOutsideAnAct(AssertionError):
    pass


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only what tests/databases.py names")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys take longest: they begin first, so that nobody waits for the last of them."""
    if config.getoption("--database-only"):
        config.hook.pytest_deselected(items=[item for item in items if not databases_differ(item)])
        items[:] = [item for item in items if databases_differ(item)]
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Migrations write as they must; from then on only acts do."""
    GUARDING.append(True)


@cache
def guarded_tables() -> frozenset[str]:
    """Tables of the phases, with their many-to-many tables; a model may say OUTSIDE_ACTS and why."""
    models = [m for phase in settings.PHASES for m in apps.get_app_config(phase).get_models(include_auto_created=True)]
    return frozenset(m._meta.db_table for m in models if not hasattr(m, "OUTSIDE_ACTS"))


def only_within_acts(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    write = WRITES.match(sql)
    if write and GUARDING and write[1] in guarded_tables() and not is_writing():
        raise WriteOutsideAnAct(sql[:200])
    return execute(sql, params, many, context)


def _guard(connection: Any, **_: Any) -> None:
    for wrapper in (only_within_acts, committing.notice):
        if wrapper not in connection.execute_wrappers:
            connection.execute_wrappers.append(wrapper)


connection_created.connect(_guard)
install()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Flushing after a transactional test needs the seal lifted; a fixture would come undone too early.
_flush = TransactionTestCase._fixture_teardown


def _unsealed_flush(case: TransactionTestCase) -> None:
    seal.lift()
    connection.execute_wrappers[:] = [w for w in connection.execute_wrappers if w is not only_within_acts]
    try:
        _flush(case)
    finally:
        _guard(connection)
        seal.close()


TransactionTestCase._fixture_teardown = _unsealed_flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _tokens_spell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token by chance is in nearly every page: of such letters it cannot read as somebody's name, or a number."""
    monkeypatch.setattr(csrf, "CSRF_ALLOWED_CHARS", "QX")
    seal = marks._seal
    unspelled = SimpleNamespace(token_hex=lambda length: secrets.token_hex(length).translate(SPELLS_NOTHING))
    monkeypatch.setattr(marks, "secrets", unspelled)
    monkeypatch.setattr(marks, "_seal", lambda chance, pk: seal(chance, pk).translate(SPELLS_NOTHING))


@pytest.fixture(autouse=True)
def _no_internet(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"A test tried to reach {address}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def nobody_works() -> Iterator[None]:
    """Jobs wait, unless the one who acts tries them at once."""
    with committing.without_a_worker():
        yield


@pytest.fixture(autouse=True)
def _fresh_process() -> Iterator[None]:
    """A member's language stays with the thread after their page: not with the next test."""
    FirstVisit.done = False
    with translation.override(settings.LANGUAGE_CODE):
        yield
    FirstVisit.done = False


@pytest.fixture(autouse=True)
def _ledger_agrees(request: pytest.FixtureRequest) -> Iterator[None]:
    """`commonplace check` holds after every test that told a story, unless it breaks the ledger on purpose."""
    if "story" not in request.fixturenames:
        yield
        return
    for name in ("now", "story"):  # in this order: a story is told at the moment the test sets
        if name in request.fixturenames:
            request.getfixturevalue(name)
    yield
    _guard(connection)
    if not connection.needs_rollback and not request.node.get_closest_marker("breaks_ledger"):
        assert list(findings()) == []


@pytest.fixture
def now() -> Iterator[datetime]:
    """A Monday morning that does not move."""
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with clock.at(moment):
        yield moment


@pytest.fixture
def story(db: None) -> Story:
    """People and a community to tell a test with; everything through the acts."""
    return Story()
