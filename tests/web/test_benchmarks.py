"""A benchmark fills a database of its own: beside an installation it refuses."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.web.installation import LONGEST, ROOT, environment

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a benchmark has a folder of its own"),
    pytest.mark.django_db(transaction=True),
]
SERVE, CHECK = ["serve.py", "--measure", "--posts", "9"], ["check.py", "9"]
CLEAR = ["-c", "from serving import place; place.clear()"]


@pytest.fixture
def address() -> Iterator[str]:
    settings = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE measured")
        yield f"postgres://{settings['USER']}@{settings['HOST'].replace('/', '%2F')}/measured"
        cursor.execute("DROP DATABASE measured WITH (FORCE)")


def run(address: str, data: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = environment(data, COMMONPLACE_DATABASE=address, DJANGO_SETTINGS_MODULE="commonplace.web.settings")
    command, where = [sys.executable, *words], ROOT / "benchmarks"
    return subprocess.run(command, env=env, cwd=where, capture_output=True, text=True, timeout=LONGEST, check=False)


@pytest.mark.parametrize("benchmark", [SERVE, CHECK, CLEAR])
def test_what_no_benchmark_filled_stays_as_it_is(address: str, tmp_path: Path, benchmark: list[str]) -> None:
    with psycopg.connect(address, autocommit=True) as theirs:
        theirs.execute("CREATE TABLE letters AS SELECT 'kept' AS text")
        refused = run(address, tmp_path / "data", *benchmark)
        assert (refused.returncode, "is not empty" in refused.stderr) == (1, True)
        tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert theirs.execute(tables).fetchall() == [("letters",)]
        assert theirs.execute("SELECT text FROM letters").fetchall() == [("kept",)]


def test_what_a_benchmark_filled_the_next_one_empties(address: str, tmp_path: Path) -> None:
    with psycopg.connect(address, autocommit=True) as theirs:
        for _ in range(2):
            cleared = run(address, tmp_path / "data", *CLEAR)
            assert cleared.returncode == 0, cleared.stderr
            theirs.execute("CREATE TABLE filled ()")
