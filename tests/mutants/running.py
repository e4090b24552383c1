"""Mutants are run in copies of the tree, never in the tree itself: one that no test notices survives."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from typing import TypeVar

from tests.mutants.mutating import Mutant

R = TypeVar("R")
ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path("src/commonplace")
LONGEST = 900
# One that never ends is waited for so many times as long as its tests take without it, a minute at least.
PATIENCE, SHORTEST = 6, 60
IN_PARALLEL = 2
COPIED = ("src", "tests", "docs", "requirements", "pyproject.toml", "Makefile", ".ci")
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "*.pyc", ".venv", "data")
# What runs for a file, the nearest first: the test of its own name, then what concerns its kind.
AREAS = {
    "ledger/jobs": (
        *("tests/ledger/test_jobs.py", "tests/ledger/test_many_jobs.py", "tests/ledger/test_schedules.py"),
        "tests/ledger/test_worker.py",
    ),
    "ledger/children": ("tests/ledger/test_children.py", "tests/web/test_serve.py"),
    "ledger/evidence": ("tests/ledger/test_act.py",),
    "ledger/rules": ("tests/ledger/test_act.py", "tests/trust/test_permissions.py"),
    "ledger/seal": ("tests/trust/test_seal.py",),
    "ledger/bulk": ("tests/archiving",),
    "ledger": (
        *("tests/ledger/test_act.py", "tests/ledger/test_replay.py", "tests/ledger/test_check.py"),
        *("tests/ledger/test_locking.py", "tests/ledger/test_trying.py", "tests/ledger/test_constraints.py"),
        *("tests/ledger/test_effects.py", "tests/ledger/test_scope.py", "tests/shape/test_acts.py"),
    ),
    "untrusted": ("tests/untrusted", "tests/communities/test_me.py", "tests/archiving/test_open.py"),
    "communities/policy": ("tests/trust/test_permissions.py", "tests/communities"),
    "externalizing/policy": ("tests/trust/test_permissions.py", "tests/externalizing"),
    "consenting/policy": ("tests/trust/test_permissions.py", "tests/consenting"),
    "consenting/rule": (
        *("tests/consenting/rule/test_tally.py", "tests/consenting/rule/test_ending.py"),
        *("tests/consenting/rule/test_fixing.py", "tests/consenting/rule/test_amending.py", "tests/consenting/rule"),
    ),
    "consenting": ("tests/consenting",),
    "objectifying/policy": ("tests/trust/test_permissions.py", "tests/objectifying"),
    "steering/policy": ("tests/trust/test_permissions.py", "tests/steering"),
    "objectifying": ("tests/objectifying", "tests/shape/test_translation.py"),
}


def concerned_by(path: Path) -> tuple[str, ...]:
    """For a file of `src/commonplace`: those that concern it and are there."""
    inside = path.with_suffix("").as_posix()
    area = next(tests for prefix, tests in AREAS.items() if inside.startswith(prefix))
    own = f"tests/{path.parts[0]}/test_{path.stem}.py"
    return tuple(dict.fromkeys(test for test in (own, *area) if (ROOT / test).exists()))


@contextmanager
def copies(count: int) -> Iterator["Queue[Path]"]:
    """So many trees to break something in."""
    trees: Queue[Path] = Queue()
    with TemporaryDirectory() as folder:
        for number in range(count):
            tree = Path(folder, str(number))
            for name in filter(lambda name: (ROOT / name).exists(), COPIED):
                _copy(ROOT / name, tree / name)
            trees.put(tree)
        yield trees


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=LEFT_BEHIND)
    else:
        shutil.copy2(source, target)


def complaint(tree: Path, tests: Iterable[str], longest: float = LONGEST) -> str:
    """What these tests say there at last, if they fail; who takes too long has failed."""
    paths = {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}", "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests]
    try:
        answer = subprocess.run(
            words, cwd=tree, env={**os.environ, **paths}, capture_output=True, timeout=longest, check=False
        )
    except subprocess.TimeoutExpired:
        return f"more than {longest:.0f} s"
    if answer.returncode == 0:
        return ""
    return (answer.stdout + answer.stderr).decode(errors="replace")[-600:] or "They do not even begin."


def outcomes(some: Iterable[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it survived."""
    with copies(IN_PARALLEL) as trees, ThreadPoolExecutor(IN_PARALLEL) as pool:
        longest = _as_long_as_without(some := list(some), trees, pool)
        yield from pool.map(lambda one: (one, _survives(one, trees, longest)), some)


def _as_long_as_without(
    some: Iterable[Mutant], trees: "Queue[Path]", pool: ThreadPoolExecutor
) -> Callable[[tuple[str, ...]], float]:
    """What tests may take at most. They pass: tests that fail anyway would kill everything."""

    def seconds(test: str) -> float:
        begun = time.perf_counter()
        if words := _in_one(trees, lambda tree: complaint(tree, [test])):
            sys.exit(f"{test} fails without any mutant.\n{words}")
        return time.perf_counter() - begun

    every = sorted({test for one in some for test in concerned_by(one.path.relative_to(ROOT / SOURCE))})
    taken = dict(zip(every, pool.map(seconds, every), strict=True))
    return lambda tests: max(SHORTEST, PATIENCE * sum(taken[test] for test in tests))


def _survives(mutant: Mutant, trees: "Queue[Path]", longest: Callable[[tuple[str, ...]], float]) -> bool:
    inside = mutant.path.relative_to(ROOT)
    tests = concerned_by(mutant.path.relative_to(ROOT / SOURCE))

    def broken(tree: Path) -> bool:
        before = (tree / inside).read_bytes()
        (tree / inside).write_bytes(mutant.source())
        try:
            return complaint(tree, tests, longest(tests)) == ""
        finally:
            (tree / inside).write_bytes(before)

    return _in_one(trees, broken)


def _in_one(trees: "Queue[Path]", work: Callable[[Path], R]) -> R:
    tree = trees.get()
    try:
        return work(tree)
    finally:
        trees.put(tree)
