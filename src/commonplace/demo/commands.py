"""`commonplace demo`: a living example, made once, then served."""

import os
import socket
from pathlib import Path

import click
import django
from django.conf import settings

from commonplace.demo import folder


@click.command()
@click.option("--anew", is_flag=True, help="Make the example again, so that it ends yesterday.")
@click.option("--no-serve", is_flag=True, help="Make it, print the links, and stop.")
@click.pass_context
def demo(ctx: click.Context, anew: bool, no_serve: bool) -> None:
    """Serve a living example in a data folder of its own.

    That is COMMONPLACE_DEMO_DATA; else, beside the folder that COMMONPLACE_DATA names, one with -demo added to its
    name; else ./demo-data.
    """
    where = folder.chosen()
    serve = ctx.find_root().command.get_command(ctx, "serve")  # type: ignore[attr-defined]
    with serve.make_context("serve", [], parent=ctx.parent) as serving:
        host, port = serving.params["host"], serving.params["port"]
        if not no_serve:
            require_port(host, port)
        try:
            is_new = folder.claim(where, anew)
            settle_in(where)
            make_ready(where, is_new)
        except folder.NotAnExample as error:
            raise click.ClickException(str(error)) from error
        invite(port)
        if not no_serve:
            serve.invoke(serving)


def require_port(host: str, port: int) -> None:
    """Before anything is made, or anybody invited to what is served there by another program."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        sentence = f"Nothing can listen at port {port} ({error.strerror}): choose another, PORT={port + 1} make demo"
        raise click.ClickException(sentence) from error


def settle_in(where: Path) -> None:
    """From here on this process works in the example's folder and nowhere else."""
    os.environ["COMMONPLACE_DATA"] = str(where)
    os.environ.pop("COMMONPLACE_DATABASE", None)
    django.setup()
    if where != settings.DATA or settings.DATABASES["default"]["NAME"] != where / "commonplace.sqlite3":
        raise folder.NotAnExample(f"The settings point to {settings.DATA}, not to {where}: unset COMMONPLACE_DATA.")


def make_ready(where: Path, is_new: bool) -> None:
    """An example that is there may be older than this version."""
    from commonplace.demo import making

    if is_new:
        making.make(where)
    else:
        making.migrate()


def invite(port: int) -> None:
    from commonplace.demo import making

    click.echo("An example, with people and events that never were. Come in as")
    for who, name, path in making.doors():
        click.echo(f"  {who:<14} {name:<22} http://127.0.0.1:{port}{path}")
