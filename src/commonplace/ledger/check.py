"""`commonplace check`: seal and replay. Exit status 0 only if all agree."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import click
from django.db import connection

from commonplace.ledger import clock, mending, replay, seal
from commonplace.ledger.jobs import backlog
from commonplace.ledger.models import Act, Checkpoint
from commonplace.ledger.snapshot import snapshot

LAST = "last"
MOST_LINES = 200
COMPARED = (
    "Compared: whose each thing is, how it stands, by which rule."
    " In no act, so not compared: typed text, pictures, secrets, hours."
)
# An act has its number before its transaction ends: until then a check cannot see it.
STILL_UNDER_WAY = timedelta(hours=1)


def findings(since: int | None = None) -> Iterator[str]:
    yield from seal.findings()
    yield from backlog.findings()
    yield from replay.differences(since)


@click.command()
@click.option(
    "--since", metavar="last|ACT", help="Only what has an act after the last check, or after this act's number."
)
@click.option("--mend", is_flag=True, help="First write anew each course (status, counts) that is not what acts say.")
def check(since: str | None, mend: bool) -> None:
    """Fold the ledger, compare every derived status with the rows, verify the triggers."""
    if mend:
        for line in mending.mend():
            click.echo(line)
    with snapshot():
        newest, begin = _newest(), _begin(since)
        summary, settled = _summary(begin, newest), _settled()
        count = _shown(findings(begin))
    if count:
        raise click.ClickException(f"{count} differences between the ledger and the rows.")
    Checkpoint.objects.update_or_create(pk=Checkpoint.ONLY, defaults={"act": settled, "checked_at": clock.wall()})
    click.echo(summary)


def _shown(lines: Iterable[str]) -> int:
    """How many there are; the first of them are printed."""
    count = 0
    for count, line in enumerate(lines, start=1):
        if count <= MOST_LINES:
            click.echo(line)
    if count > MOST_LINES:
        click.echo(f"... and {count - MOST_LINES} more")
    return count


def _begin(since: str | None) -> int | None:
    if since is None:
        return None
    if since == LAST:
        checkpoint = Checkpoint.objects.first()
        return checkpoint.act if checkpoint else None
    if not since.isdigit():
        raise click.BadParameter("give `last`, or the number of an act", param_hint="--since")
    return int(since)


def _newest() -> int:
    return Act.objects.everywhere("check counts all").order_by("-id").values_list("id", flat=True).first() or 0


def _settled() -> int:
    """The newest act before which no other can still come in."""
    before = Act.objects.filter(recorded_at__lt=clock.wall() - STILL_UNDER_WAY).everywhere("check begins there again")
    return before.order_by("-id").values_list("id", flat=True).first() or 0


def _summary(begin: int | None, newest: int) -> str:
    acts = Act.objects.everywhere("check counts all").filter(id__gt=begin or 0, id__lte=newest).count()
    since, triggers = f" since act {begin}" if begin else "", len(seal.triggers(connection.vendor))
    return f"All agree: {acts} acts{since}, {len(replay.REDUCERS)} kinds of facts, {triggers} triggers. {COMPARED}"
