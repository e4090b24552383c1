"""A family of processes: they start together, and when one dies or a signal comes, all stop."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from threading import Thread
from types import FrameType
from typing import Any

import click

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 6
PR_SET_PDEATHSIG = 1

Process = subprocess.Popen[bytes]


class Stopped(BaseException):
    """Somebody asked us to stop."""


class Family:
    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.members: dict[str, Process] = {}
        for name, command in commands.items():
            self.members[name] = start(command, start_new_session=True)

    def all_alive(self) -> bool:
        return all(member.poll() is None for member in self.members.values())

    def until_stopped(self) -> None:
        """Wait for a signal, or for the first of us to die, which is an error."""
        ended: SimpleQueue[str] = SimpleQueue()
        for name, member in self.members.items():
            Thread(target=_tell_the_end, args=(name, member, ended), daemon=True).start()
        name = ended.get()
        raise click.ClickException(
            f"The {name} process ended by itself; the lines above say why. Everything is stopped."
        )

    def stop(self) -> None:
        """Ask all, then wait for each; what is left of its session is killed."""
        for member in self.members.values():
            member.terminate()
        for member in self.members.values():
            with suppress(subprocess.TimeoutExpired):
                member.wait(PATIENCE)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(member.pid, signal.SIGKILL)
            member.wait()


def _tell_the_end(name: str, member: Process, ended: "SimpleQueue[str]") -> None:
    member.wait()
    ended.put(name)


@contextmanager
def together(commands: Mapping[str, Sequence[str]]) -> Iterator[Family]:
    """Within this block they run; a signal ends it in peace."""
    _on_signals(_stop)
    family = None
    try:
        family = Family(commands)
        yield family
    except Stopped:
        click.echo("Stopping ...")
    finally:
        _on_signals(signal.SIG_IGN)
        if family:
            family.stop()


def start(command: Sequence[str], **options: Any) -> Process:
    """A process that dies when we do. In a session of its own, Ctrl-C at the terminal reaches only us."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent, **options)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _on_signals(handler: Any) -> None:
    """SIGHUP stays ignored where `nohup` has asked for it."""
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def python(module: str) -> list[str]:
    return [sys.executable, "-m", module]
