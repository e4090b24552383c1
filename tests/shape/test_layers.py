"""Imports run one way, and pages wait for nothing heavy."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from commonplace.web.commands import COMMANDS
from tests.shape.source import ROOT, Module, modules

HEAVY = ("ibis", "duckdb", "pyarrow", "pandas", "numpy")
WEB = f"""
import sys, django
django.setup()
import commonplace.web.urls
from django.urls import get_resolver
get_resolver().url_patterns
sys.exit(" ".join(name for name in {HEAVY!r} if name in sys.modules) or None)
"""
COMMAND = """
import sys
from commonplace.web.command_line import COMMANDS, load
for name in sys.argv[1:]:
    load(name, COMMANDS[name])
print(*sys.modules)
"""


def test_the_cycle_closes_in_the_data_never_in_the_imports() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


OPEN = {"demo/commands.py", "web/serving.py"}
DOTTED = {module.dotted for module in modules()}


def test_no_import_is_hidden_inside_a_function() -> None:
    """A late import hides a cycle. OPEN hide none: they set Django up, and only then models load."""
    assert {module.name for module in modules() if any(_within_functions(module))} == OPEN


def _within_functions(module: Module) -> Iterator[bool]:
    """An app's `ready` imports what registers itself: Django calls it once all models are there."""
    for function in module.functions():
        if function.name == "ready":
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.ImportFrom):
                yield (node.module or "").startswith("commonplace")
            elif isinstance(node, ast.Import):
                yield any(alias.name.startswith("commonplace") for alias in node.names)


@pytest.mark.parametrize("package", sorted({module.name.split("/")[0] for module in modules()}))
def test_the_modules_of_a_package_form_no_cycle(package: str) -> None:
    """What only the type checker reads does not count."""
    needs = {module.dotted: set(_needed(module)) for module in modules() if module.name.split("/")[0] == package}
    assert list(TopologicalSorter(_known(needs)).static_order())


def _known(needs: dict[str, set[str]]) -> dict[str, set[str]]:
    return {name: {one for one in needed if one in needs and one != name} for name, needed in needs.items()}


def _needed(module: Module) -> Iterator[str]:
    """The modules, ours, that it imports when it is loaded: `from a import b` needs `a.b`, if that is one, else `a`."""
    for node in module.tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in DOTTED else node.module


def test_the_web_process_never_imports_the_engine_of_measures() -> None:
    answer = subprocess.run([sys.executable, "-c", WEB], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.parametrize(
    ("commands", "light"),
    [(sorted(COMMANDS.keys() - {"ledger", "measure", "figures"}), HEAVY), (["ledger"], ("ibis", "duckdb"))],
    ids=["most", "export"],
)
def test_a_command_loads_only_what_it_needs(commands: list[str], light: tuple[str, ...]) -> None:
    answer = subprocess.run([sys.executable, "-c", COMMAND, *commands], capture_output=True, text=True, check=False)
    assert set(answer.stdout.split()) & set(light) == set()
    assert (answer.returncode, answer.stderr) == (0, "")


def test_only_the_doors_for_outside_data_reach_outside() -> None:
    doors = (
        "urllib.request",
        "urllib3",
        "http.client",
        "requests",
        "httpx",
        "aiohttp",
        "ftplib",
        "smtplib",
        "socket",
        "ssl",
    )
    allowed = {
        "corresponding/letters/refusals.py": "knows what a mail server's refusals are called",
        "corresponding/letters/sending.py": "the same; letters go by the sender that the operator set",
        "demo/commands.py": "asks whether its port is free before it invites anybody",
        "web/address.py": "opens its own port, and asks whether it answers",
        "web/server/__main__.py": "answers at what its parent opened",
        "web/server/answering.py": "ends a connection in its own way",
    }
    reaching = [
        f"{module.name} imports {name}"
        for module in modules()
        for name in module.imports()
        if not module.name.startswith("untrusted/") and module.name not in allowed
        if name.startswith(doors) and not name.startswith("urllib.parse")
    ]
    assert reaching == []


def test_files_are_named_after_the_domain() -> None:
    forbidden = {
        "utils",
        "util",
        "helpers",
        "helper",
        "core",
        "common",
        "services",
        "service",
        "managers",
        "manager",
        "misc",
    }
    named = [module.name for module in modules() if forbidden & set(module.name.removesuffix(".py").split("/"))]
    assert named == []
