"""A folder of 1,000 texts brought in, beside merely reading and rendering them: `python benchmarks/bring.py [TEXTS]`.

In a folder of its own on SQLite; on PostgreSQL in an empty database: `.ci/with-postgresql python benchmarks/bring.py`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from serving import place

TEXTS, MOST_SECONDS = 1_000, 120
PARTS = ("When", "How", "Why", "Limits")
WORDS = "It turns but moves **no water**, and the check valve has been bled twice since the last shift. " * 4


def main() -> None:
    texts = int(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONPLACE_DATA"] = str(Path(folder, "data"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
        place.clear()
        measure(made(Path(folder, "handbook"), texts), texts)


def made(folder: Path, texts: int) -> Path:
    folder.mkdir()
    parts = "\n".join(f"## {part}\n\n{WORDS}\n" for part in PARTS)
    for number in range(texts):
        (folder / f"{number:05}.md").write_text(f"---\nstatus: approved\n---\n# Step {number}\n\n{parts}")
    return folder


def measure(folder: Path, texts: int) -> None:
    prepare()
    rows = {"read and render": timed(lambda: rendered(folder))[0]}
    for which in ("", " again"):
        rows[f"lay out{which}"], batch = timed(lambda: laid_out(folder))
        rows[f"bring in{which}"], _ = timed(partial(confirmed, batch))
    print(f"{texts:,} texts, {engine()}")
    for name, seconds in rows.items():
        rate = f"{texts / seconds:>8,.0f} a second {seconds:>8.2f} s"
        print(f"{name:>16} {rate} {seconds / rows['read and render']:>6.1f} x reading")
    if texts >= TEXTS and rows["lay out"] + rows["bring in"] > MOST_SECONDS * texts / TEXTS:
        sys.exit(f"{TEXTS:,} texts are to be in within {MOST_SECONDS} s.")


def engine() -> str:
    from django.db import connection

    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    made = work()
    return time.perf_counter() - begun, made


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.story import Story

    Story()


def rendered(folder: Path) -> None:
    from commonplace.communities.texts import MARKDOWN, shown
    from commonplace.untrusted.documents import Found, read

    for one in read(folder):
        if isinstance(one, Found):
            for part in (one.parts.when, one.parts.how, one.parts.why, one.parts.limits):
                shown(part, MARKDOWN, "x")


def laid_out(folder: Path) -> Any:
    from commonplace.communities.models import Community, Person
    from commonplace.objectifying import batches
    from commonplace.untrusted.documents import read

    person = Person.objects.get(email="fay.facilitator@example.org")
    community = Community.objects.everywhere("a benchmark").get(slug="pump-crews")
    return batches.lay_out(person, community, read(folder), called="Handbook")


def confirmed(batch: Any) -> None:
    from commonplace.objectifying import batches

    batches.confirm(batch.by, batch)


if __name__ == "__main__":
    main()
