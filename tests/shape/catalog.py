"""The sentences that are marked for translation, in Python and templates: what `make messages` finds."""

import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.shape.source import PACKAGE, ROOT

EXTRACT = re.compile(r"\$\(BABEL\) (extract .*?) -o \S+")


@cache
def extracted() -> Catalog:
    recipe = EXTRACT.search((ROOT / "Makefile").read_text())
    assert recipe, "make messages extracts nothing"
    with tempfile.NamedTemporaryFile(suffix=".pot") as catalog:
        command = [
            str(Path(sys.executable).with_name("pybabel")),
            "-q",
            *recipe[1].split(),
            "-o",
            catalog.name,
            str(PACKAGE),
        ]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        return read_po(Path(catalog.name).open("rb"))


def translated(language: str) -> Catalog:
    with (PACKAGE / f"web/locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def spoken(message_id: str | tuple[str, ...] | list[str]) -> list[str]:
    """One sentence, or its singular and plural."""
    return [message_id] if isinstance(message_id, str) else list(message_id)
