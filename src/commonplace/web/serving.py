"""`commonplace serve`: one process tree, the pages and the worker, that starts whole and stops whole."""

import os

import click

from commonplace.ledger.children import python
from commonplace.web import address, processes

BLOCKING_THREADS, BACKPRESSURE = 3, 32


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port",
    envvar="PORT",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to listen at.",
)
@click.option(
    "--workers",
    envvar="COMMONPLACE_WORKERS",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer; with SQLite one is enough.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Prepare the data folder and serve the pages, with the worker beside them, until Ctrl-C."""
    address.require_free(host, port)
    _prepared(host)
    commands = {"web": _web(host, port, workers), "worker": [*python("commonplace"), "worker"]}
    with processes.together(commands, spared=("worker",)) as family:
        if address.answers(host, port, family.stands):
            click.echo(_greeting(host, port))
        family.until_stopped()


def _prepared(host: str) -> None:
    """Settings are read only now: a port in use is told first."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from commonplace.web.preparing import prepare

    address.require_names(host, settings.HOSTS)
    prepare()
    _tell_first_code(elsewhere=not address.is_loopback(host) or bool(settings.HOSTS))
    connections.close_all()


def _tell_first_code(elsewhere: bool) -> None:
    """Whoever reaches the first page from elsewhere must know what only this terminal shows."""
    from commonplace.communities import first_code

    code = first_code.make()
    if code and elsewhere:
        click.echo(f"The first account needs this code: {code}")


def _web(host: str, port: int, workers: int) -> list[str]:
    return [
        *python("granian"),
        *("--interface", "wsgi", "--host", host, "--port", str(port), "--no-ws", "--http", "1"),
        *("--workers", str(workers), "--respawn-failed-workers", "--workers-kill-timeout", "4"),
        *("--blocking-threads", str(BLOCKING_THREADS), "--backpressure", str(BACKPRESSURE)),
        *("--log-level", "warning", "commonplace.web.wsgi:application"),
    ]


def _greeting(host: str, port: int) -> str:
    from django.conf import settings

    near = os.path.relpath(settings.DATA)
    folder = settings.DATA if ".." in near else near
    return f"Commonplace is at {address.link(host, port)}  (data: {folder}; Ctrl-C stops it)"
