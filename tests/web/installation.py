"""Commonplace as an operator has it: a program on a machine, in an environment of its own."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 60


def environment(data: Path, **more: str) -> dict[str, str]:
    """Nothing of ours but what is said here: an embedded database in `data`."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(data.parent),
        "COMMONPLACE_DATA": str(data),
        **more,
    }


def commonplace(*words: str, env: dict[str, str], **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "commonplace", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST, check=False, **options)


def started(*words: str, env: dict[str, str]) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "commonplace", *words]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
