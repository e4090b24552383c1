"""The source as the shape tests read it."""

import ast
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/commonplace"
NOT_OURS = {"migrations", "locale", "__pycache__", "static"}


@dataclass(frozen=True, slots=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """As people say it: ledger/act.py."""
        return str(self.path.relative_to(PACKAGE))

    @property
    def dotted(self) -> str:
        """As it is imported: commonplace.ledger.act."""
        return "commonplace." + self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def calls(self) -> Iterator[tuple[int, str]]:
        """(line, dotted name) of everything that is called by a name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, ast.unparse(node.func)


def _ours(suffixes: set[str]) -> list[Path]:
    files = (path for path in PACKAGE.rglob("*") if path.suffix in suffixes)
    return sorted(path for path in files if not NOT_OURS & set(path.relative_to(PACKAGE).parts))


def parsed(text: str) -> ast.Module:
    """Nothing is collected meanwhile: CPython 3.11 takes what finalizers do for a mistake of its own."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return ast.parse(text)
    finally:
        if collects:
            gc.enable()


@cache
def modules() -> list[Module]:
    return [Module(path, text := path.read_text(), parsed(text)) for path in _ours({".py"})]


@cache
def templates() -> dict[str, str]:
    """Name -> source, of every template of both engines."""
    return {str(path.relative_to(PACKAGE)): path.read_text() for path in _ours({".jinja", ".html"})}
