"""Records a second of a whole import, beside merely parsing the same files: `python benchmarks/import.py [ARCHIVE]`."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

DUMPS = Path(__file__).resolve().parents[2] / "shared" / "data"
MADE = 4_000
PASSES = 3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = str(Path(folder, "data"))
        os.environ.pop("COMMONPLACE_DATABASE", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        archive = Path(sys.argv[1]) if len(sys.argv) > 1 else real() or made(Path(folder, "ai.stackexchange.com"))
        measure(archive)


def measure(archive: Path) -> None:
    prepare()
    parsing = best(lambda: parse(archive))
    reading = best(lambda: read(archive))
    records, first = timed(lambda: bring_in(archive))
    again = best(lambda: bring_in(archive))
    print(f"{archive.name}: {records:,} records, SQLite")
    rows = ("parse the XML", parsing), ("read it as records", reading), ("import", first), ("import again", again)
    for name, seconds in rows:
        print(f"{name:>20} {records / seconds:>10,.0f} records/s {seconds:>8.2f} s {seconds / parsing:>7.1f} x parsing")


def timed(work: Callable[[], int]) -> tuple[int, float]:
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def best(work: Callable[[], int]) -> float:
    return min(timed(work)[1] for _ in range(PASSES))


def parse(archive: Path) -> int:
    from commonplace.untrusted.archives import open_archive
    from commonplace.untrusted.xml import rows

    files = open_archive(archive).files()
    return sum(1 for name, file in files if name.endswith(".xml") for _ in rows(file, name))


def read(archive: Path) -> int:
    from commonplace.archiving.importers import importer
    from commonplace.untrusted.archives import open_archive

    return sum(1 for _ in importer("stackexchange", datetime.now(UTC)).read(open_archive(archive), ""))


def bring_in(archive: Path) -> int:
    from commonplace.archiving.importing import Order
    from commonplace.archiving.importing import bring_in as write
    from commonplace.archiving.preparing import acting

    return write(Order("stackexchange", archive, "dump", "Dump"), acting("")).read


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def real() -> Path | None:
    return next(iter(sorted(DUMPS.glob("*stackexchange*.tar.gz"))), None)


def made(folder: Path) -> Path:
    """A dump of our own, where no real one is at hand."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.archiving.dumps import answer, comment, question, user, vote, write

    numbers = range(1, MADE * 2, 2)
    body = "<p>" + "Bleed the pump before the check valve. " * 20 + "</p>"
    posts = [question(n, Body=body, AcceptedAnswerId=str(n + 1)) for n in numbers]
    files = {
        "Users": [user(n) for n in range(-1, 200)],
        "Posts": posts + [answer(n + 1, n, Body=body) for n in numbers],
    }
    files |= {"Comments": [comment(n, n) for n in numbers], "Votes": [vote(n, n + 1) for n in numbers]}
    return write(folder, files)


if __name__ == "__main__":
    main()
