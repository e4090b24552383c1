"""An empty data folder, or one of an older version, becomes one that can be served."""

import sqlite3

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from commonplace.ledger.alone import alone

LEAST_SQLITE = (3, 35, 0)  # RETURNING: a row's number, and the claim of a job.


@click.command()
def migrate() -> None:
    """Prepare the data folder, or bring it up to date; harmless when there is nothing to do."""
    prepare()
    click.echo(f"{settings.DATA} is ready.")


def prepare() -> None:
    """Migrate and seal the ledger; a second start at the same time waits for the first."""
    require_sqlite()
    with alone():
        call_command("migrate", interactive=False, verbosity=0)


def require_sqlite() -> None:
    """Said before anything is written: an older one would fail at the first act."""
    here, least = sqlite3.sqlite_version, ".".join(map(str, LEAST_SQLITE))
    if connection.vendor == "sqlite" and sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise click.ClickException(f"This Python brings SQLite {here}; {least} or newer is needed. Use a newer Python.")
