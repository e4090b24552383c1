"""`commonplace doctor`: what is installed, where, and what is amiss."""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from importlib.metadata import version

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from commonplace.files.jobs import missing
from commonplace.files.limits import kept
from commonplace.files.storing import place
from commonplace.ledger import seal
from commonplace.ledger.jobs import backlog
from commonplace.ledger.jobs.backlog import LATEST, Backlog

LEAST_FREE = 500 * 2**20
FULL = 0.9


@click.command()
def doctor() -> None:
    """Say what is installed, where, and what is amiss; exit status 0 only if nothing is."""
    for line in facts():
        click.echo(line)
    amiss = list(complaints())
    for line in amiss:
        click.echo(f"! {line}")
    if amiss:
        raise click.ClickException(f"{len(amiss)} to mend.")
    click.echo("Nothing is amiss.")


def facts() -> Iterator[str]:
    yield f"Commonplace {version('commonplace')}, Python {sys.version.split()[0]}, Django {version('django')}"
    yield f"Data folder {settings.DATA}, {free() // 2**20} MB free"
    yield f"Database {connection.vendor} {database_version()}"
    yield f"Answers to {', '.join(settings.ALLOWED_HOSTS)}; mail {'is sent' if settings.MAIL else 'is not set up'}"


def complaints() -> Iterator[str]:
    if waiting := waiting_migrations():
        yield f"{waiting} migrations wait: run `commonplace migrate`"
    else:
        yield from _of_the_database()
    if free() < LEAST_FREE:
        yield f"Only {free() // 2**20} MB are free in {settings.DATA}: make room"
    if settings.DEBUG:
        yield "COMMONPLACE_DEBUG is on: pages show what went wrong to everybody; unset it"


def thorough() -> Iterator[str]:
    """What takes long to look at: whether the ledger is sealed, and every file."""
    yield from seal.findings()
    if lost := missing():
        yield f"{len(lost)} files of members are not where they were put, or not whole: restore {place(lost[0])}"


def _of_the_database() -> Iterator[str]:
    yield from thorough()
    yield from backlog.findings()
    if (now := Backlog.now()).late > LATEST:
        minutes = int(now.late.total_seconds() // 60)
        yield f"Jobs wait: {now.waiting}, the first of them for {minutes} minutes; is a worker running?"
    if (room := kept()).size > FULL * room.most:
        yield f"Files of members take {room.size // 2**20} MB of {settings.FILES_GB} GB: raise COMMONPLACE_FILES"


def free() -> int:
    return shutil.disk_usage(settings.DATA).free


def database_version() -> str:
    if connection.vendor == "sqlite":
        return sqlite3.sqlite_version
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def server_size() -> int:
    """Of the database, in bytes, where a server keeps it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def waiting_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
