"""`commonplace serve`: one process tree, the pages and the worker, that starts whole and stops whole."""

import os

import click

from commonplace.ledger.children import python
from commonplace.web import address, processes

WORKER = "worker"


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
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer: as many as the machine has cores.",
)
def serve(host: str, port: int, workers: int) -> None:
    """Prepare the data folder and serve the pages, with the worker beside them, until Ctrl-C."""
    with address.opened(host, port) as listener:
        _prepared(host, port)
        with processes.together(_commands(listener.fileno(), workers), spared=[WORKER]) as family:
            if address.answers(host, port, family.stands):
                click.echo(_greeting(host, port))
                family.spare_all()
            family.until_stopped()


def _prepared(host: str, port: int) -> None:
    """Settings are read only now: a port in use is told first."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from commonplace.ledger.alone import occupy
    from commonplace.web.preparing import prepare

    address.require_names(host, settings.HOSTS)
    occupy(settings.DATA, address.link(host, port))
    prepare()
    _tell_first_code(elsewhere=not address.is_loopback(host) or bool(settings.HOSTS))
    connections.close_all()


def _tell_first_code(elsewhere: bool) -> None:
    """Whoever reaches the first page from elsewhere must know what only this terminal shows."""
    from commonplace.communities import first_code

    code = first_code.make()
    if code and elsewhere:
        click.echo(f"The first account needs this code: {code}")


def _commands(listener: int, workers: int) -> dict[str, processes.Command]:
    """All who answer do so at one socket: whoever is free takes who comes."""
    web = processes.Command([*python("commonplace.web.server"), str(listener)], (listener,))
    names = [f"web {one + 1}" for one in range(workers)]
    return {**dict.fromkeys(names, web), WORKER: processes.Command([*python("commonplace"), "worker"])}


def _greeting(host: str, port: int) -> str:
    from django.conf import settings

    near = os.path.relpath(settings.DATA)
    folder = settings.DATA if ".." in near else near
    return f"Commonplace is at {address.link(host, port)}  (data: {folder}; Ctrl-C stops it)"
