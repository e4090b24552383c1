"""Imports run one way, and pages wait for nothing heavy."""

import subprocess
import sys

from tests.shape.source import ROOT, modules

HEAVY = ("ibis", "duckdb", "pyarrow", "pandas", "numpy")
WEB = f"""
import sys, django
django.setup()
import commonplace.web.urls
from django.urls import get_resolver
get_resolver().url_patterns
sys.exit(" ".join(name for name in {HEAVY!r} if name in sys.modules) or None)
"""


def test_the_cycle_closes_in_the_data_never_in_the_imports() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
    ]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_the_web_process_never_imports_the_engine_of_measures() -> None:
    answer = subprocess.run([sys.executable, "-c", WEB], capture_output=True, text=True, check=False)
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
    allowed = {"web/address.py": "looks whether its own port is free"}
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
