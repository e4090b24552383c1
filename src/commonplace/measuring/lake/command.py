"""`commonplace ledger export`: what is recorded, as files that anything can read. Needs Arrow, and no engine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from commonplace.measuring.lake import LakeUnusable, acts_to_export, export, listed

EXPORTED = ("path", "months", "written", "acts", "unread")


@contextmanager
def _progress(silent: bool, total: int) -> Iterator[Callable[[int], Any]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=silent or not console.is_terminal) as progress:
        task = progress.add_task("acts", total=total)
        yield lambda acts: progress.advance(task, acts)


@click.group()
def ledger() -> None:
    """The ledger, for analysis elsewhere."""


@ledger.command("export")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ledger_export(path: Path | None, as_json: bool) -> None:
    """Write the ledger as Parquet files to PATH (the lake in the data folder by default); only what is new."""
    try:
        with _progress(as_json, acts_to_export()) as advance:
            done = export(path or settings.DATA / "lake", advance)
    except LakeUnusable as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({name: getattr(done, name) for name in EXPORTED}))
        return
    click.echo(f"{done.acts} acts in {done.months} months, {done.written} of them written now, in {done.path}.")
    if done.unread:
        click.echo(f"{done.unread.total()} of them cannot be read and lie there as they are: {listed(done.unread)}.")
