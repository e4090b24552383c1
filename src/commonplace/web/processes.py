"""A family of processes: they start together and stop together; some may die meanwhile and are started again."""

import logging
import os
import signal
import subprocess
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from queue import SimpleQueue
from threading import Thread, Timer
from types import FrameType
from typing import Any

import click

from commonplace.ledger.children import Process, Stopped, start

log = logging.getLogger(__name__)
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 6
LONGEST_PAUSE = 60


@dataclass(frozen=True)
class Command:
    words: Sequence[str]
    files: Collection[int] = ()


class Event(Enum):
    ENDED, DUE = "ended", "due"


class Family:
    """One that is `spared` may die: it is started again, and the others go on. Without any other, all stop."""

    def __init__(self, commands: Mapping[str, Command], spared: Collection[str] = ()) -> None:
        self.commands, self.spared = commands, spared
        self.members: dict[str, Process] = {}
        self.deaths: Counter[str] = Counter()
        self.events: SimpleQueue[tuple[Event, str]] = SimpleQueue()
        for name in commands:
            self._start(name)

    def stands(self) -> bool:
        return all(member.poll() is None for name, member in self.members.items() if name not in self.spared)

    def spare_all(self) -> None:
        """They have shown that they work: whoever dies from now on is started again."""
        self.spared = self.commands.keys()

    def until_stopped(self) -> None:
        """Wait for a signal, or for the death of one that the others are nothing without, which is an error."""
        while True:
            event, name = self.events.get()
            if event is Event.DUE:
                self._start(name)
            elif name in self.spared:
                self._start_later(name)
            else:
                raise click.ClickException(
                    f"The {name} process ended by itself; the lines above say why. Everything is stopped."
                )

    def _start(self, name: str) -> None:
        """In a session of its own, Ctrl-C at the terminal reaches only us."""
        command = self.commands[name]
        self.members[name] = start(command.words, start_new_session=True, pass_fds=command.files)
        Thread(target=self._tell_the_end, args=(name, self.members[name]), daemon=True).start()

    def _tell_the_end(self, name: str, member: Process) -> None:
        member.wait()
        self.events.put((Event.ENDED, name))

    def _start_later(self, name: str) -> None:
        """By the main thread, which lives as long as we do: a child dies with the thread that started it."""
        pause = min(2 ** self.deaths[name], LONGEST_PAUSE)
        self.deaths[name] += 1
        log.warning("The %s process ended by itself; it is started again in %s s.", name, pause)
        _kill_what_is_left(self.members[name])
        timer = Timer(pause, self.events.put, [(Event.DUE, name)])
        timer.daemon = True
        timer.start()

    def stop(self) -> None:
        """Ask all, then wait for each; what is left of its session is killed."""
        for member in self.members.values():
            member.terminate()
        for member in self.members.values():
            with suppress(subprocess.TimeoutExpired):
                member.wait(PATIENCE)
            _kill_what_is_left(member)
            member.wait()


def _kill_what_is_left(member: Process) -> None:
    """Of its session."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(member.pid, signal.SIGKILL)


@contextmanager
def together(commands: Mapping[str, Command], spared: Collection[str] = ()) -> Iterator[Family]:
    """Within this block they run; a signal ends it in peace."""
    family = None
    try:
        _on_signals(_stop)
        family = Family(commands, spared)
        yield family
    except Stopped:
        click.echo("Stopping ...")
    finally:
        _on_signals(_no_more)
        if family:
            family.stop()


def _on_signals(handler: Any) -> None:
    """SIGHUP stays ignored where `nohup` has asked for it."""
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    """Once: of several signals that come together, the next ones find us stopping."""
    _on_signals(_no_more)
    raise Stopped


def _no_more(number: int, frame: FrameType | None) -> None:
    """Not SIG_IGN: Python complains of a signal that is there already when it becomes ignored."""
