"""How long do figures take over a large lake? `python benchmarks/measure.py [ACTS [FOLDER]] [--engine spark]`.

10,000,000 acts of 50,000 people in 1,000 communities: one has a tenth of the acts, one 50,000. Every metric is computed
over a year, with cases and whose acts made them counted: of the two communities and of all acts at once; and of the
smaller one by pandas too, which reads the same files. Each in a process of its own, so that seconds, CPU and memory
are its own. In FOLDER the lake stays for the next time.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

LARGER, SMALLER = (f"c{number:025}" for number in range(2))
SEED, PEOPLE, COMMUNITIES = 20260302, 50_000, 1_000
LARGE, SMALL = 0.1, 0.005
SINCE, UNTIL, FOLLOWED = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=180)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("acts", nargs="?", type=int, default=10_000_000)
    asked.add_argument("folder", nargs="?")
    asked.add_argument("--engine", default="duckdb", choices=["duckdb", "spark"])
    asked.add_argument("--one", nargs=2, metavar=("WHAT", "COMMUNITY"), help=argparse.SUPPRESS)
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as data:
        folder = words.folder or f"{data}/lake"
        if words.one:
            ready(data, words.engine, folder)
            one(words.acts, *words.one)
        else:
            each(words.acts, folder, words.engine)


def ready(data: str, engine: str, folder: str) -> None:
    os.environ["COMMONPLACE_DATA"] = data
    os.environ |= {"COMMONPLACE_ENGINE": engine, "COMMONPLACE_LAKE": folder}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    import django

    django.setup()


def each(acts: int, folder: str, engine: str) -> None:
    print(f"{'':24}{'acts':>12}{'start s':>9}{'s':>8}{'CPU s':>8}{'MB':>8}")
    for what, community in (
        ("made", "all"),
        ("engine", SMALLER),
        ("engine", LARGER),
        ("engine", "all"),
        ("pandas", SMALLER),
    ):
        command = [sys.executable, __file__, str(acts), folder, "--engine", engine, "--one", what, community]
        subprocess.run(command, check=True)


def generated(acts: int) -> int:
    import numpy as np
    from django.conf import settings
    from measuring.crowd import Crowd, write

    from commonplace.measuring.lake import Place

    place = Place.at(settings.LAKE)
    if place.live():
        return place.live()[-1].last
    shares = np.random.default_rng(SEED).lognormal(0, 1.2, COMMUNITIES - 2)
    rest = (shares / shares.sum() * acts * (1 - LARGE - SMALL)).astype(int)
    sizes = (int(acts * LARGE), int(acts * SMALL), *map(int, rest))
    told = Crowd(SEED, PEOPLE, sizes).acts()
    write(place, told)
    return len(told["at"])


def one(acts: int, what: str, community: str) -> None:
    if what == "made":
        return print_row("made", generated, acts)
    name = {"engine": os.environ["COMMONPLACE_ENGINE"], "pandas": "pandas"}[what]
    label = {SMALLER: "a community", LARGER: "a large community", "all": "all"}[community]
    return print_row(f"{name}, {label}", by_engine if what == "engine" else by_pandas, community)


def print_row(name: str, work: Callable[..., int], *given: object) -> None:
    """To start (import, connect) takes as long however many acts there are; CPU is of both. Children count too."""
    began = time.perf_counter()
    ibis_or_pandas(name)
    started = time.perf_counter()
    acts = work(*given)
    took = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    most = max(one.ru_maxrss for one in used) // 1024
    print(f"{name:24}{acts:12,}{started - began:9.1f}{took:8.1f}{cpu:8.1f}{most:8,}", flush=True)


def ibis_or_pandas(name: str) -> None:
    if name.startswith(("made", "pandas")):
        import measuring.in_pandas  # noqa: F401
    else:
        from commonplace.measuring.engines import engine
        from commonplace.measuring.metrics import METRICS  # noqa: F401

        with engine():
            pass


def by_engine(community: str) -> int:
    from django.conf import settings

    from commonplace.measuring.engines import acts_of, engine, rows
    from commonplace.measuring.measure import cohort_of, reading_of
    from commonplace.measuring.metrics import METRICS
    from commonplace.measuring.rules import Rules
    from commonplace.measuring.sources import without_bots
    from commonplace.measuring.windows import Period

    period, rules = Period(SINCE, UNTIL, FOLLOWED), Rules()
    with engine() as connection:
        acts = acts_of(connection, settings.LAKE, None if community == "all" else community)
        (count,) = rows(acts.aggregate(n=acts.count()))
        without = without_bots(acts) if "bot" in acts.columns else acts
        for metric in METRICS:
            if cohort := cohort_of(metric, without, period, rules):
                reading_of(metric, cohort)
                rows(cohort.doers.aggregate(people=cohort.doers.person.nunique()))
    return int(count["n"])


def by_pandas(community: str) -> int:
    from django.conf import settings
    from measuring.in_pandas import figures

    from commonplace.measuring.lake import Place

    place = Place.at(settings.LAKE)
    files = [Path(place.within(segment.name)) for segment in place.live()]
    return figures(files, community, SINCE, UNTIL, FOLLOWED)


if __name__ == "__main__":
    main()
