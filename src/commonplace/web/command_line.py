"""`commonplace ...`: each command is loaded when it is asked for, so that help is quick; an error is one line."""

import os
import sys
import tempfile
from importlib import import_module
from importlib.metadata import version

import click
import django

from commonplace.web.commands import COMMANDS, Entry
from commonplace.web.expected import sentence

SETTINGS = "commonplace.web.settings"


class Missing(click.ClickException):
    """A command whose package is not there."""


class Commonplace(click.Group):
    """The commands of commands.py, each by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return load(cmd_name, entry) if entry else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.says) for name, entry in COMMANDS.items()])


def load(name: str, entry: Entry) -> click.Command:
    """The command behind a name, with Django made ready if it needs the database."""
    if entry.needs_database:
        django.setup()
    module, _, attribute = entry.target.partition(":")
    try:
        command: click.Command = getattr(import_module(module), attribute)
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or "-"):
            raise
        raise Missing(f"`commonplace {name}` is not part of this installation.") from error
    return command


@click.group(cls=Commonplace, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(version("commonplace"), prog_name="commonplace")
def commonplace() -> None:
    """A platform for communities of practice. Settings come from the environment: docs/operator/running.md."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    if {"-h", "--help"} & set(sys.argv):
        with tempfile.TemporaryDirectory(prefix="commonplace-help-") as nowhere:
            os.environ["COMMONPLACE_DATA"] = nowhere
            sys.exit(_run())
    sys.exit(_run())


def _run() -> int:
    """The exit status: 0 only on success; an error is one line on the error stream."""
    try:
        commonplace(standalone_mode=False, prog_name="commonplace")
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.UsageError as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:
        if os.environ.get("COMMONPLACE_DEBUG", "").lower() in ("1", "true", "yes"):
            raise
        click.echo(f"commonplace: {sentence(error)}", err=True)
        return 1
    return 0
