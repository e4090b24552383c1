"""`commonplace measure`, `commonplace figures publish`: questions to the lake.

Ibis and DuckDB take seconds to import, so nothing but these commands imports this module.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from rich.console import Console

from commonplace.measuring.lake import LakeUnusable
from commonplace.measuring.publish import publish
from commonplace.measuring.report import UnknownCommunity, named, report
from commonplace.measuring.rules import configured
from commonplace.measuring.tables import table
from commonplace.measuring.windows import BadWindow, Window, moment


@contextmanager
def _one_line_errors() -> Iterator[None]:
    try:
        yield
    except (BadWindow, LakeUnusable, UnknownCommunity) as error:
        raise click.ClickException(str(error)) from error


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
