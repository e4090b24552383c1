"""`make mutants`: a sample of small wrongs, and whether a test notices each. Status 0 if nine of ten are killed."""

import argparse
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.mutants.mutating import Mutant, mutants
from tests.mutants.running import ROOT, SOURCE, outcomes

SAMPLE, SEED, ENOUGH = 200, 20260302, 0.9
CONCERNED = (
    "ledger/**/*.py", "untrusted/**/*.py", "*/policy.py",
    "consenting/rule/*.py", "consenting/acts/*.py",
    *(f"consenting/{name}.py" for name in ("counting", "rows", "terms")),
    *(f"objectifying/{name}.py" for name in ("minimum", "status", "moves", "course", "settling", "reviewing", "minor")),
)  # fmt: skip
LEFT_OUT = ("migrations", "apps.py", "samples.py")


def main() -> None:
    asked = _asked()
    some = _sample(asked.sample, asked.seed, asked.only)
    survived = []
    for number, (mutant, lives) in enumerate(outcomes(some), start=1):
        survived += [mutant] if lives else []
        sys.stdout.write(f"{number:>4} {'survived' if lives else 'killed':>8} {_shown(mutant)}\n")
        sys.stdout.flush()
    killed = len(some) - len(survived)
    sys.stdout.write(f"{killed} of {len(some)} killed. Survived:\n" + "".join(f"  {_shown(one)}\n" for one in survived))
    sys.exit(killed < ENOUGH * len(some))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants")
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default="", help="of files whose path has this in it")
    return parser.parse_args()


def _sample(count: int, seed: int, only: str) -> list[Mutant]:
    every = [mutant for path in _files() if only in path.as_posix() for mutant in mutants(path)]
    some = random.Random(seed).sample(every, min(count, len(every)))
    return sorted(some, key=lambda one: (one.path, one.start))


def _files() -> Iterator[Path]:
    for path in sorted({path for pattern in CONCERNED for path in (ROOT / SOURCE).glob(pattern)}):
        if not any(part in LEFT_OUT for part in path.parts):
            yield path


def _shown(mutant: Mutant) -> str:
    return str(mutant).removeprefix(f"{ROOT / SOURCE}/")


if __name__ == "__main__":
    main()
