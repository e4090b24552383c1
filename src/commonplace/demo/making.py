"""The example is made: an empty database, and the story played in it. Its figures come with the worker, soon."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connections
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from commonplace.demo import folder, play, scenario, story
from commonplace.demo.doors import links


def make(where: Path) -> None:
    with folder.making(where):
        migrate()
        happenings = story.tell(scenario.load(), play.calendar())
        with _progress(len(happenings)) as advance:
            play.play(happenings, advance)
        connections.close_all()


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def doors() -> Iterator[tuple[str, str, str]]:
    """What each printed link is for, the person's name, its path."""
    return links(scenario.load().doors)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Eighteen months of Pump crews", total=total)
        yield lambda: progress.advance(task)
