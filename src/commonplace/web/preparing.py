"""An empty data folder, or one of an older version, becomes one that can be served."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection

LOCK = 7_061_747_468


@click.command()
def migrate() -> None:
    """Prepare the data folder, or bring it up to date; harmless when there is nothing to do."""
    prepare()
    click.echo(f"{settings.DATA} is ready.")


def prepare() -> None:
    """Migrate and seal the ledger; a second start at the same time waits for the first."""
    with _one_at_a_time():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (settings.DATA / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with _alone_on_the_server():
            yield


@contextmanager
def _alone_on_the_server() -> Iterator[None]:
    """Several machines may share one PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
