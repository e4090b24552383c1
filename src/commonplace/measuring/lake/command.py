"""`commonplace ledger export`: what is recorded, as files that anything can read. Needs Arrow, and no engine."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from commonplace.measuring.lake import LakeUnusable, acts_to_export, export, listed

EXPORTED = ("path", "segments", "written", "mended", "acts", "unread")


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
@click.argument("path", required=False)
@click.option("--check", is_flag=True, help="At an address too, read every byte; write again what is damaged.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ledger_export(path: str | None, check: bool, as_json: bool) -> None:
    """Write what is new in the ledger as Parquet files to PATH, a folder or an address; COMMONPLACE_LAKE by default."""
    try:
        with _progress(as_json, acts_to_export()) as advance:
            done = export(path or settings.LAKE, advance, check)
    except LakeUnusable as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({name: getattr(done, name) for name in EXPORTED}))
        return
    click.echo(f"{done.acts} acts in {done.segments} segments, {done.written} of them written now, in {done.path}.")
    if done.mended:
        click.echo(f"{done.mended} of them were not whole, and are again.")
    if done.unread:
        click.echo(f"{done.unread.total()} of them cannot be read and lie there as they are: {listed(done.unread)}.")
