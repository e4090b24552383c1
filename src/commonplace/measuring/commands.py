"""`commonplace measure`, `commonplace figures publish`: questions to the lake.

Ibis and DuckDB take seconds to import, so nothing but these commands imports this module.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from django.conf import settings
from rich.console import Console

from commonplace.communities.commands import as_operator, operator
from commonplace.measuring.engines import EngineMissing
from commonplace.measuring.lake import LakeUnusable
from commonplace.measuring.publish import Unpublished, publish
from commonplace.measuring.report import (
    NothingPublished,
    Report,
    UnknownCommunity,
    named,
    published,
    slugs,
    unprotected,
)
from commonplace.measuring.rules import configured
from commonplace.measuring.tables import table
from commonplace.measuring.windows import BadWindow, Window, moment

GRID = (
    "Figures are told on a fixed grid of windows, so that nobody is singled out by comparing two of them. "
    "Leave --window out, or add --unprotected, which the members of the community see."
)


@contextmanager
def _one_line_errors() -> Iterator[None]:
    try:
        yield
    except (BadWindow, EngineMissing, LakeUnusable, NothingPublished, UnknownCommunity, Unpublished) as error:
        raise click.ClickException(str(error)) from error


@click.command()
@click.option("--community", "slug", help="The last part of its address; without it, which there are.")
@click.option("--as-of", "as_of", help="A date or date-time: what could be read then; now by default.")
@click.option("--unprotected", "raw", is_flag=True, help="Raw figures of any window; members see that.")
@click.option("--window", help="With --unprotected: all, or a number of days (90d) or weeks (12w).")
@as_operator
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def measure(slug: str | None, as_of: str | None, raw: bool, window: str | None, by: str, as_json: bool) -> None:
    """The figures of a community's cycle that its pages show; see docs/metrics.md."""
    if slug is None:
        raise click.UsageError(f"Say of which community: --community SLUG. There are: {slugs()}.")
    if window and not raw:
        raise click.UsageError(GRID)
    with _one_line_errors():
        until = moment(as_of) if as_of is not None else None
        if raw:
            made = _unprotected(slug, window or "all", until, by)
        else:
            made = published(slug, until, settings.LAKE, configured())
    if as_json:
        click.echo(json.dumps(made.as_json()))
    else:
        Console().print(table(made))


def _unprotected(slug: str, window: str, until: datetime | None, by: str) -> Report:
    return unprotected(slug, Window.parse(window), until, settings.LAKE, configured(), operator(by))


@click.group()
def figures() -> None:
    """The figures that pages show."""


@figures.command("publish")
@click.option("--community", "slug", help="The last part of its address; every community otherwise.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def figures_publish(slug: str | None, as_json: bool) -> None:
    """Compute a community's figures on the fixed grid; publish those that disclosure control lets through."""
    with _one_line_errors():
        count = publish(settings.LAKE, configured(), named(slug) if slug else None)
    click.echo(json.dumps({"published": count}) if as_json else f"{count} figures published.")
