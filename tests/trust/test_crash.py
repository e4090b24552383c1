"""What was acknowledged survives kill -9, and nothing is left half done.

A power cut is not a kill: this does not model one.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.installation import LONGEST, ROOT, commonplace, environment

LIVES, LONGEST_LIFE = 30, 6
SEED = 20260302


class Writer:
    def __init__(self, data: Path) -> None:
        self.env = environment(data)
        assert commonplace("migrate", env=self.env).returncode == 0
        command = [sys.executable, "-m", "tests.trust.writer"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def live_and_die(self, acts: int) -> list[str]:
        """The ids it acknowledged in one life that was to last so many acts."""
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        life = int(self._heard())
        acknowledged = [self._heard() for _ in range(acts)]
        os.kill(life, signal.SIGKILL)
        while word := self._heard():
            acknowledged.append(word)
        return acknowledged

    def _heard(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    writer = Writer(tmp_path / "data")
    yield writer
    writer.process.communicate(timeout=LONGEST)


def test_what_was_acknowledged_survives_a_kill(writer: Writer, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    acknowledged = [word for _ in range(LIVES) for word in writer.live_and_die(chance.randint(1, LONGEST_LIFE))]
    with sqlite3.connect(tmp_path / "data" / "commonplace.sqlite3") as database:
        exchanges = {pk for (pk,) in database.execute("SELECT id FROM externalizing_exchange")}
        responses = {pk for (pk,) in database.execute("SELECT id FROM externalizing_response")}
        acts = {pk for (pk,) in database.execute("SELECT object FROM ledger_act WHERE verb LIKE 'exchange.%'")}
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(acknowledged) >= LIVES
    assert set(acknowledged) <= acts, "an acknowledged act is lost"
    assert exchanges | responses == acts, "a row without its act, or an act without its row"
    assert commonplace("check", env=writer.env).returncode == 0
