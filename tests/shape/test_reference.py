"""The documents tell the truth: what is made from the code is up to date, and nothing is left unnamed."""

import re

import pytest

from commonplace.ledger.replay import REDUCERS
from commonplace.web import reference
from commonplace.web.commands import COMMANDS
from tests.shape.source import ROOT, modules

ASKED = re.compile(r"""(?:env\.\w+|environ\.get|environ\.setdefault|getenv)\(\s*"([A-Z][A-Z_]+)"|envvar="([A-Z_]+)\"""")


def _read(*paths: str) -> str:
    return "\n".join(path.read_text() for pattern in paths for path in sorted((ROOT / "docs").glob(pattern)))


@pytest.mark.parametrize("name", ["acts.md", "evidence.md", "commands.md", "numbers.md"])
def test_the_reference_is_what_the_code_says(name: str) -> None:
    path = ROOT / "docs/reference" / name
    written = path.read_text() if path.exists() else ""
    assert written == reference.documents()[name], "run: make reference"


def test_every_setting_of_the_environment_is_explained() -> None:
    asked = {a or b for module in modules() for a, b in ASKED.findall(module.text)} - {"DJANGO_SETTINGS_MODULE"}
    explained = _read("operator/running.md")
    assert {name for name in asked if f"`{name}`" not in explained} == set()


def test_all_that_a_check_compares_is_named() -> None:
    explained = _read("operator/running.md")
    assert {reducer.name for reducer in REDUCERS if f"`{reducer.name}`" not in explained} == set()


def test_every_number_is_named() -> None:
    assert "K_ANONYMITY" in reference.number_names()
    assert "NEWCOMER_DAYS" in reference.number_names()


def test_every_command_is_in_the_guides() -> None:
    guides = _read("operator/*.md", "guides/*.md", "*.md")
    assert {name for name in COMMANDS if f"commonplace {name}" not in guides} == set()
