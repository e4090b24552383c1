"""`commonplace import`, `backup` and `restore`."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import DatabaseError, transaction
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from commonplace.archiving.backing_up import back_up
from commonplace.archiving.backing_up.restoring import restore as put_back
from commonplace.archiving.importing import Order, bring_in
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.preparing import OWN_OPERATOR, acting, prepared
from commonplace.communities.models import Person
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.ledger.trying import tried_again
from commonplace.untrusted.refused import Refused

LISTED = 20
LOCKED = "database is locked"


@click.command("import")
@click.argument("format")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--community", "slug", required=True, help="The community's short name in addresses.")
@click.option("--found", "title", default="", help="Found the community under this title, if it is not there.")
@click.option("--as", "email", default="", help="Whoever brings it in: a facilitator. Otherwise the operator.")
@click.option("--dry-run", is_flag=True, help="Read and count everything, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as one JSON object.")
def import_(as_json: bool, email: str, **order: Any) -> None:
    """Bring in the archive at PATH: a folder, .tar.gz or .zip. FORMAT is, for instance, stackexchange."""
    begun = time.monotonic()
    with one_line_errors(order["path"]), prepared(order["dry_run"]), counting() as seen:
        person, tally = tried_again(lambda: carried_out(Order(**order), email, seen))
    numbers = tally.as_json() | {"seconds": round(time.monotonic() - begun, 3)}
    click.echo(json.dumps(numbers, ensure_ascii=False) if as_json else summary(numbers))
    if person.email == OWN_OPERATOR and not order["dry_run"]:
        click.echo(f"To come in as the operator: commonplace signin-link {OWN_OPERATOR}", err=True)


@transaction.atomic
def carried_out(order: Order, email: str, seen: Callable[[int], None]) -> tuple[Person, Tally]:
    """All of it or nothing, the command's own operator too."""
    person = acting(email)
    tally = bring_in(order, person, seen)
    if order.dry_run:
        transaction.set_rollback(True)
    return person, tally


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


@contextmanager
def one_line_errors(path: Path) -> Iterator[None]:
    """What goes wrong with outside data or the machine is one line, without a trace."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(str(error)) from None
    except NotPossible as error:
        raise click.ClickException(f"nothing was written. {error}") from None
    except NotAllowed as error:
        raise click.ClickException(f"{error} Ask the operator, or give another --as EMAIL.") from None
    except (OSError, DatabaseError) as error:
        raise click.ClickException(f"{path.name}: nothing was written: {_advice(error)}.") from None


def _advice(error: Exception) -> str:
    reason = " ".join(str(error).split())
    if LOCKED in reason:
        return "somebody else is writing, perhaps another import; try again when that is done"
    return f"{reason}; free the disk or the database and try again"


@contextmanager
def counting() -> Iterator[Any]:
    """A line on the terminal that counts; nothing where nobody watches."""
    columns = SpinnerColumn(), TextColumn("{task.completed:,.0f} records"), TimeElapsedColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        yield lambda count: progress.update(task, completed=count)


def summary(numbers: dict[str, Any]) -> str:
    counts = [f"{count:>9,}  {name}" for name, count in numbers.items() if isinstance(count, int) and count]
    skipped = [f"{count:>9,}  left out: {reason}" for reason, count in numbers["skipped"].items()]
    aside = [f"  set aside: {broken['place']}: {broken['reason']}" for broken in numbers["quarantined"]]
    more = [f"  ... and {len(aside) - LISTED} more; --json tells all"] if len(aside) > LISTED else []
    return "\n".join([*counts, *skipped, *aside[:LISTED], *more, f"{numbers['seconds']:>9} seconds"])
