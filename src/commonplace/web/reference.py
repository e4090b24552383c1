"""docs/reference/ is written by the code that it speaks of: `make reference`; a test fails when it is out of date."""

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import django
from django.conf import settings

from commonplace.ledger.evidence import columns
from commonplace.ledger.registry import ACTS
from commonplace.web.command_line import load
from commonplace.web.commands import COMMANDS

DOCUMENTED = re.compile(r"Who: .+? Guard: (?P<guard>.+?)\.? Effect: (?P<effect>.+)")
MADE = "<!-- Made by `make reference`: change the code instead. -->"
WIDTH = 100


def documents() -> dict[str, str]:
    """File name -> its whole text."""
    made = {"acts.md": acts, "evidence.md": evidence, "commands.md": commands, "numbers.md": numbers}
    return {name: "\n".join([MADE, *lines(), ""]) for name, lines in made.items()}


def acts() -> Iterator[str]:
    yield "# Who may do what\n"
    yield (
        "Every change of state is one of these acts. The policy is asked first, then the guard; "
        "each leaves one row in the ledger."
    )
    for package, declared in _by_package():
        yield f"\n## {package}\n\n| verb | act | who | guard | effect |\n|---|---|---|---|---|"
        for act in declared:
            yield f"| `{act.verb}` | {_door(act)} | {' | '.join(_parts(act.documentation))} |"


def evidence() -> Iterator[str]:
    yield "# What the ledger keeps\n"
    yield "Besides who, what, when and where from. Ids, codes and counts; never text that somebody wrote."
    for package, declared in _by_package():
        yield f"\n## {package}\n\n| verb | version | evidence |\n|---|---|---|"
        for act in declared:
            fields = ", ".join(f"`{name}` {_type(kind)}" for name, kind in columns(act.evidence).items())
            yield f"| `{act.verb}` | {act.evidence.version} | {fields or 'nothing: it says all by happening'} |"


def commands() -> Iterator[str]:
    yield "# Commands\n"
    yield "Exit status 0 only on success; an error is one line. Settings: [running](../operator/running.md)."
    for name, entry in COMMANDS.items():
        yield from _helps(load(name, entry), f"commonplace {name}")


def numbers() -> Iterator[str]:
    yield "# Numbers\n"
    yield "What the theory leaves to us. They stand at the end of `web/settings.py`.\n"
    yield "| name | value |\n|---|---|"
    for name in number_names():
        yield f"| `{name}` | {getattr(settings, name)} |"


def number_names() -> list[str]:
    source = Path(__file__).with_name("settings.py").read_text().partition("# Numbers that")[2]
    return [name for line in source.splitlines() for name in re.findall(r"\b([A-Z][A-Z_]+)\b(?=[^=]*=)", line)]


def _by_package() -> Iterator[tuple[str, Iterator[Any]]]:
    def package(declared: Any) -> str:
        return str((declared.function or declared.evidence).__module__.split(".")[1])

    return groupby(sorted(ACTS.values(), key=lambda act: (package(act), act.verb)), package)


def _door(declared: Any) -> str:
    """The act and who may do it; or which verbs write it as their consequence."""
    of = ", ".join(f"`{verb}`" for verb in declared.of)
    if declared.who is None:
        return f"follows from {of} | nobody by itself"
    return f"`{declared.name}`{f', or from {of}' if of else ''} | {_cell(str(declared.who.who))}"


def _parts(documentation: str) -> list[str]:
    """Guard and effect; who may is said by the rule itself."""
    parts = DOCUMENTED.match(" ".join(documentation.split()))
    return [_cell(text) for text in parts.groups()] if parts else [documentation, ""]


def _cell(text: str) -> str:
    return text.rstrip(".").replace("|", "\\|")


def _type(kind: Any) -> str:
    return getattr(kind, "__name__", "") if isinstance(kind, type) else str(kind)


def _helps(command: click.Command, path: str) -> Iterator[str]:
    context = click.Context(command, info_name=path, terminal_width=WIDTH, max_content_width=WIDTH)
    context.help_option_names = ["--help"]
    yield f"\n## `{path}`\n\n```\n{context.get_help()}\n```"
    for name, inner in getattr(command, "commands", {}).items():
        yield from _helps(inner, f"{path} {name}")


def main(folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ["COMMONPLACE_DATA"] = nowhere
        django.setup()
        Path(folder).mkdir(parents=True, exist_ok=True)
        for name, text in documents().items():
            (Path(folder) / name).write_text(text)


if __name__ == "__main__":
    main(sys.argv[1])
