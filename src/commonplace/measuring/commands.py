"""`commonplace ledger export`, `commonplace measure`, `commonplace figures publish`: the only ways into the lake.

Ibis, DuckDB and Arrow take seconds to import, so nothing but these commands imports this module.
"""

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
from commonplace.measuring.publish import publish
from commonplace.measuring.report import UnknownCommunity, named, report
from commonplace.measuring.rules import configured
from commonplace.measuring.tables import table
from commonplace.measuring.windows import BadWindow, Window, moment

EXPORTED = ("path", "months", "written", "acts", "unread")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    try:
        yield
    except (BadWindow, LakeUnusable, UnknownCommunity) as error:
        raise click.ClickException(str(error)) from error


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
    with _one_line_errors(), _progress(as_json, acts_to_export()) as advance:
        done = export(path or settings.DATA / "lake", advance)
    if as_json:
        click.echo(json.dumps({name: getattr(done, name) for name in EXPORTED}))
        return
    click.echo(f"{done.acts} acts in {done.months} months, {done.written} of them written now, in {done.path}.")
    if done.unread:
        click.echo(f"{done.unread.total()} of them cannot be read and lie there as they are: {listed(done.unread)}.")


@click.command()
@click.option("--community", "slug", required=True, help="The last part of its address.")
@click.option("--window", default="all", show_default=True, help="all, or a number of days (90d) or weeks (12w).")
@click.option("--as-of", "as_of", help="A date or date-time; now by default, or an archive's last act.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def measure(slug: str, window: str, as_of: str | None, as_json: bool) -> None:
    """The figures of a community's cycle, through disclosure control, unrounded; see docs/metrics.md."""
    with _one_line_errors():
        span, until = Window.parse(window), moment(as_of) if as_of is not None else None
        made = report(slug, span, until, settings.DATA / "lake", configured())
    if as_json:
        click.echo(json.dumps(made.as_json()))
    else:
        Console().print(table(made))


@click.group()
def figures() -> None:
    """The figures that pages show."""


@figures.command("publish")
@click.option("--community", "slug", help="The last part of its address; every community otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def figures_publish(slug: str | None, as_json: bool) -> None:
    """Compute a community's figures on the fixed grid; publish those that disclosure control lets through."""
    with _one_line_errors():
        published = publish(settings.DATA / "lake", configured(), named(slug) if slug else None)
    click.echo(json.dumps({"published": published}) if as_json else f"{published} figures published.")
