"""`commonplace demo`: a living example, made once, then served."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from commonplace.demo import folder


@click.command()
@click.option("--anew", is_flag=True, help="Make the example again, so that it ends yesterday.")
@click.option("--no-serve", is_flag=True, help="Make it, print the links, and stop.")
@click.pass_context
def demo(ctx: click.Context, anew: bool, no_serve: bool) -> None:
    """Serve a living example in a data folder of its own (COMMONPLACE_DEMO_DATA, ./demo-data by default)."""
    where = folder.chosen()
    try:
        is_new = folder.claim(where, anew)
        settle_in(where)
        make(where) if is_new else migrate()
    except folder.NotAnExample as error:
        raise click.ClickException(str(error)) from error
    serve = ctx.find_root().command.get_command(ctx, "serve")  # type: ignore[attr-defined]
    with serve.make_context("serve", [], parent=ctx.parent) as serving:
        invite(serving.params["port"])
        if not no_serve:
            serve.invoke(serving)


def settle_in(where: Path) -> None:
    """From here on this process works in the example's folder and nowhere else."""
    os.environ["COMMONPLACE_DATA"] = str(where)
    os.environ.pop("COMMONPLACE_DATABASE", None)
    import django

    django.setup()
    from django.conf import settings

    if where != settings.DATA or settings.DATABASES["default"]["NAME"] != where / "commonplace.sqlite3":
        raise folder.NotAnExample(f"The settings point to {settings.DATA}, not to {where}: unset COMMONPLACE_DATA.")


def migrate() -> None:
    """An example may be older than this version."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def make(where: Path) -> None:
    from django.db import connections

    from commonplace.demo import play, scenario, story
    from commonplace.measuring.publish import publish
    from commonplace.measuring.rules import configured

    with folder.making(where):
        migrate()
        happenings = story.tell(scenario.load(), play.calendar())
        with _progress(len(happenings)) as advance:
            play.play(happenings, advance)
        publish(where / "lake", configured())
        connections.close_all()


def invite(port: int) -> None:
    from commonplace.demo import doors, scenario

    click.echo("An example, with people and events that never were. Come in as")
    for who, name, path in doors.links(scenario.load().doors):
        click.echo(f"  {who:<14} {name:<22} http://127.0.0.1:{port}{path}")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("Eighteen months of Pump crews", total=total)
        yield lambda: progress.advance(task)
