"""`commonplace check`: seal and replay. Exit status 0 only if all agree."""

from collections.abc import Iterator

import click
from django.db import connection

from commonplace.ledger import replay, seal
from commonplace.ledger.models import Act


def findings() -> Iterator[str]:
    for name in seal.missing():
        yield f"trigger {name} is missing: run `commonplace migrate` to put it back, and find out who removed it"
    yield from replay.differences()


@click.command()
def check() -> None:
    """Fold the ledger, compare every derived status with the rows, verify the triggers."""
    found = list(findings())
    for line in found:
        click.echo(line)
    if found:
        raise click.ClickException(f"{len(found)} differences between the ledger and the rows.")
    acts = Act.objects.everywhere("check counts all").count()
    click.echo(
        f"All agree: {acts} acts, {len(replay.REDUCERS)} derived statuses, {len(seal.triggers(connection.vendor))} triggers."
    )
