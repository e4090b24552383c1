"""While what all stands on is away, pages say so in the reader's language, the log in a line; then all goes on."""

import resource
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.test import Client
from psycopg import errors

from commonplace.ledger import ground
from tests.web.installation import Server, commonplace, environment


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    assert commonplace("migrate", env=environment(folder)).returncode == 0
    return folder


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    server = Server(environment(data))
    yield server
    server.kill()


def log_of(server: Server) -> str:
    server.process.send_signal(signal.SIGTERM)
    return server.rest_of_the_story()


def test_a_folder_that_is_gone_is_not_made_again_and_is_there_when_it_is_back(server: Server, data: Path) -> None:
    assert server.status("/account/signup/") == 302
    data.rename(data.with_name("elsewhere"))
    for language, words in (
        ("en", "We cannot reach"),
        ("fr", "Nous n’atteignons pas ce qui est gardé ici."),
    ):
        away = server.ask("/account/login/", Accept_Language=language)
        assert (away.status, away.headers["Retry-After"]) == (503, "10")
        assert words in away.body.decode()
    watched = server.ask("/healthz")
    assert (watched.status, watched.body) == (503, b'{"status": "away"}')
    assert server.status("/static/web/tokens.css") == 200
    assert not data.exists()
    data.with_name("elsewhere").rename(data)
    assert (server.status("/healthz"), server.status("/")) == (200, 302)
    log = log_of(server)
    assert f"The data folder is gone ({data / 'commonplace.sqlite3'})." in log
    assert "Traceback" not in log


def test_a_database_that_took_the_place_of_the_old_one_is_the_one_that_is_read(server: Server, data: Path) -> None:
    for _ in range(20):
        assert b'"given_up": false' in server.ask("/healthz").body
    shutil.copy(data / "commonplace.sqlite3", data / "new.sqlite3")
    with closing(sqlite3.connect(data / "new.sqlite3")) as new, new:
        moment = "'2026-01-01 00:00:00'"
        columns = "name, args, due_at, tries, error, given_up_at"
        new.execute(f"INSERT INTO ledger_job ({columns}) VALUES ('a', '{{}}', {moment}, 12, '', {moment})")
    for name in ("commonplace.sqlite3-wal", "commonplace.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    (data / "new.sqlite3").replace(data / "commonplace.sqlite3")
    for _ in range(20):
        assert b'"given_up": true' in server.ask("/healthz").body


FIRST = {"name": "Ana", "email": "ana@example.org", "password": "correct horse battery", "title": "Here"}


def _begin(server: Server) -> int:
    """The first account: a form, its token, an act."""
    page = server.ask("/start")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = page.body.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = urlencode({**FIRST, "csrfmiddlewaretoken": token})
    return server.ask("/start", "POST", form, Cookie=cookie, Content_Type="application/x-www-form-urlencoded").status


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs Linux")
def test_a_full_disk_refuses_what_would_be_written_and_nothing_else(server: Server, data: Path) -> None:
    web = server.children()[:2]
    limits = [resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY)) for pid in web]
    assert _begin(server) == 503
    assert server.status("/healthz") == 200, "reading goes on"
    for pid, limit in zip(web, limits, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)
    assert _begin(server) == 302
    log = log_of(server)
    assert "The database does not answer (disk I/O error)." in log
    assert "Traceback" not in log


class Full(sqlite3.OperationalError):
    sqlite_errorname = "SQLITE_FULL"


class NoSuchTable(sqlite3.OperationalError):
    sqlite_errorname = "SQLITE_ERROR"


def _because(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (_because(OperationalError("database or disk is full"), Full()), True),
        (_because(OperationalError("no such table: x"), NoSuchTable()), False),
        (OperationalError("connection refused"), True),
        (_because(OperationalError("the connection is lost"), errors.OperationalError()), True),
        (_because(OperationalError("connection failure"), errors.ConnectionFailure()), True),
        (_because(OperationalError("too many connections"), errors.TooManyConnections()), True),
        (_because(OperationalError("disk full"), errors.DiskFull()), True),
        (_because(OperationalError("shutting down"), errors.AdminShutdown()), True),
        (_because(OperationalError("statement timeout"), errors.QueryCanceled()), False),
        (_because(OperationalError("deadlock detected"), errors.DeadlockDetected()), False),
        (InterfaceError("the cursor is closed"), False),
        (OSError(28, "No space left on device"), True),
        (FileNotFoundError(2, "No such file"), False),
        (IntegrityError("a mistake of ours"), False),
        (KeyError("another"), False),
    ],
    ids=str,
)
def test_only_what_is_nobodys_mistake_counts_as_away(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, error: Exception, away: bool
) -> None:
    def fail() -> None:
        raise error

    client.raise_request_exception = False
    monkeypatch.setattr(ground, "require", fail)
    assert client.get("/").status_code == (503 if away else 500)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_database_server_that_is_away_or_was_restarted(tmp_path: Path) -> None:
    """Its socket is reached by a link of ours, which can be taken away; its sessions are ended as a restart would."""
    settings = connection.settings_dict
    socket_ = Path(settings["HOST"], f".s.PGSQL.{settings['PORT'] or 5432}")
    link = tmp_path / socket_.name
    link.symlink_to(socket_)
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE served")
        address = f"postgres://{settings['USER']}@{str(tmp_path).replace('/', '%2F')}/served"
        server = Server(environment(tmp_path / "data", COMMONPLACE_DATABASE=address))
        try:
            assert server.status("/healthz") == 200
            _end_sessions(cursor)
            assert {server.status("/healthz") for _ in range(12)} == {200}, "a restart is noticed by nobody"
            link.unlink()
            _end_sessions(cursor)
            assert (server.status("/"), server.status("/healthz")) == (503, 503)
            link.symlink_to(socket_)
            assert (server.status("/"), server.status("/healthz")) == (302, 200)
        finally:
            server.kill()
            cursor.execute("DROP DATABASE served WITH (FORCE)")


def _end_sessions(cursor: object) -> None:
    cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'served'")  # type: ignore[attr-defined]
