"""`make run` on a machine that lacks something names what to install, and leaves nothing behind."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.web.installation import LONGEST, ROOT

PYTHON = """#!/bin/sh
case "$*" in *"{lacks}"*) exit 1;; esac
exit 0
"""


def _make(folder: Path, lacks: str) -> "subprocess.CompletedProcess[str]":
    shutil.copy(ROOT / "Makefile", folder)
    python = folder / "python"
    python.write_text(PYTHON.format(lacks=lacks))
    python.chmod(0o755)
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    command = ["make", "run", f"PYTHON={python}"]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=LONGEST, check=False)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")
@pytest.mark.parametrize(
    ("lacks", "says"), [("ensurepip", "apt-get install python3-venv"), ("version_info", "needs Python 3.11 or newer")]
)
def test_what_is_missing_is_named(tmp_path: Path, lacks: str, says: str) -> None:
    answer = _make(tmp_path, lacks)
    assert answer.returncode == 2
    assert says in answer.stdout
    assert not (tmp_path / ".venv").exists()
