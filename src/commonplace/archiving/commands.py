"""`commonplace import`, `backup` and `restore`."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import DatabaseError, transaction
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from commonplace.archiving.backing_up import back_up
from commonplace.archiving.backing_up.restoring import restore as put_back
from commonplace.archiving.importing import Order, looked_at, written
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.preparing import OWN_OPERATOR, acting, prepared
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.untrusted.refused import Refused

LISTED = 20
LANGUAGES = [code for code, _name in settings.LANGUAGES]
LOCKED = "database is locked"


@click.command("import")
@click.argument("format")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--community", "slug", required=True, help="The community's short name in addresses.")
@click.option("--found", "title", default="", help="Found the community under this title, if it is not there.")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="Of a community that is founded.")
@click.option("--site", default="", help="The site's address, where the archive does not tell it.")
@click.option("--as", "email", default="", help="Whoever brings it in: a facilitator. Otherwise the operator.")
@click.option("--dry-run", is_flag=True, help="Read and count everything, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as one JSON object.")
def import_(as_json: bool, email: str, **order: Any) -> None:
    """Bring in the archive at PATH: a folder, .tar.gz or .zip. FORMAT is, for instance, stackexchange."""
    begun = time.monotonic()
    with counting() as count, one_line_errors(order["path"], count), prepared(order["dry_run"]):
        site, tally = carried_out(Order(**order), email, count)
    numbers = {"site": site, **tally.as_json()} | {"seconds": round(time.monotonic() - begun, 3)}
    click.echo(json.dumps(numbers, ensure_ascii=False) if as_json else summary(numbers))
    if not email and not order["dry_run"] and acting(email).email == OWN_OPERATOR:
        click.echo(f"To come in as the operator: commonplace signin-link {OWN_OPERATOR}", err=True)


def carried_out(order: Order, email: str, count: "Count") -> tuple[str, Tally]:
    """Of which site it is, and the numbers.

    The command's own operator comes with the community; a dry run is one transaction, taken back.
    """
    known = looked_at(order)
    if not order.dry_run:
        return known.site.address, written(order, known, lambda: acting(email), count)
    with transaction.atomic():
        tally = written(order, known, lambda: acting(email), count)
        transaction.set_rollback(True)
    return known.site.address, tally


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Write database, media and secret to PATH, and try the backup out before it counts."""
    with one_line_errors(path):
        made = back_up(path)
    click.echo(f"{made}: {made.stat().st_size:,} bytes, tried out. Keep it safe: it holds what the community holds.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is in the data folder.")
def restore(path: Path, force: bool) -> None:
    """Put the backup at PATH into the data folder. Stop the server first."""
    with one_line_errors(path):
        put_back(path, force)
    click.echo("Restored. Now run `commonplace check`, then `commonplace serve`.")


class Count:
    """How many records are in so far, told to whoever watches."""

    def __init__(self, show: Callable[[int], None] = lambda count: None) -> None:
        self.records, self.show = 0, show

    def __call__(self, records: int) -> None:
        self.records = records
        self.show(records)

    def __str__(self) -> str:
        if not self.records:
            return "nothing was written"
        return f"the first {self.records:,} records are in, and a second run goes on from there"


@contextmanager
def one_line_errors(path: Path, count: Count = Count()) -> Iterator[None]:  # noqa: B008
    """What goes wrong with outside data or the machine is one line, without a trace."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(str(error)) from None
    except NotPossible as error:
        raise click.ClickException(f"{count}. {error}") from None
    except NotAllowed as error:
        raise click.ClickException(f"{error} Ask the operator, or give another --as EMAIL.") from None
    except (OSError, DatabaseError) as error:
        raise click.ClickException(f"{path.name}: {count}: {_advice(error)}.") from None


def _advice(error: Exception) -> str:
    reason = " ".join(str(error).split())
    if LOCKED in reason:
        return "somebody else is writing, perhaps another import; try again when that is done"
    return f"{reason}; free the disk or the database and try again"


@contextmanager
def counting() -> Iterator[Count]:
    """A line on the terminal that counts; nothing where nobody watches."""
    columns = SpinnerColumn(), TextColumn("{task.completed:,.0f} records"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield Count(lambda records: progress.update(task, completed=records))


def summary(numbers: dict[str, Any]) -> str:
    counts = [f"{count:>9,}  {name}" for name, count in numbers.items() if isinstance(count, int) and count]
    skipped = [f"{count:>9,}  left out: {reason}" for reason, count in numbers["skipped"].items()]
    lines = [f"Of {numbers['site']}:", *counts, *skipped, *_set_aside(numbers["quarantined"])]
    return "\n".join([*lines, f"{numbers['seconds']:>9} seconds"])


def _set_aside(quarantined: list[dict[str, str]]) -> Iterator[str]:
    """Each cause, and how many others hang on it."""
    hanging = Counter(broken.get("because") for broken in quarantined)
    causes = [broken for broken in quarantined if "because" not in broken]
    for cause in causes[:LISTED]:
        others = hanging[cause["place"]]
        yield f"  set aside: {cause['place']}: {cause['reason']}" + (f"; {others} more hang on it" if others else "")
    if causes[LISTED:]:
        yield f"  ... and {len(causes) - LISTED} more; --json tells all"
