"""One expression, two engines, one answer; and the setting that says which of them is asked."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import reduce
from importlib.util import find_spec
from operator import xor
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pytest

from benchmarks.measuring.crowd import Crowd, names, write
from commonplace.ledger.models import HERE
from commonplace.measuring import engines
from commonplace.measuring.cohorts import Cohort
from commonplace.measuring.disclosure.crowds import crowds
from commonplace.measuring.disclosure.groups import Count, groups_of
from commonplace.measuring.engines import EngineMissing, acts_of, kept, rows, spark
from commonplace.measuring.engines.functions import bit_xor
from commonplace.measuring.lake import LakeUnusable, Place, files
from commonplace.measuring.lake.segments import Segment
from commonplace.measuring.measure import cohort_of, reading_of
from commonplace.measuring.metrics import DECLARED, METRICS
from commonplace.measuring.rules import Rules
from commonplace.measuring.windows import Period

HAS_SPARK = bool(find_spec("pyspark") and shutil.which("java"))
# Where CI has installed both, a test that is left out is a failure.
MUST = "COMMONPLACE_TEST_SPARK" in os.environ
PERIOD = Period(datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC), timedelta(days=180))
SUMMER = datetime(2024, 7, 15, 9, 30, tzinfo=UTC)
CROWD = Crowd(seed=7, people=200, sizes=(4000, 900, 100))
# Of a few thousand acts Spark's time is what it takes to write programs for them, compile these and split the work.
FOR_LITTLE = {
    "spark.master": "local[1]",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
JAVA = "spark.driver.extraJavaOptions"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three communities in three segments."""
    folder = tmp_path_factory.mktemp("crowd")
    write(Place.at(folder), CROWD.acts(), 2000)
    return folder


@pytest.fixture
def spark_or_skip(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if not HAS_SPARK and not MUST:
        pytest.skip("needs Java 17 and the extra `cluster`")
    java = {JAVA: f"{spark.HERE[JAVA]} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
    monkeypatch.setattr(spark, "HERE", spark.HERE | FOR_LITTLE | java)
    settings.ENGINE = "spark"


def community(number: int) -> str:
    return str(names("c", np.array([number]))[0])


def answers(lake: str, number: int) -> tuple[dict[str, Rows], Any]:
    """All that each metric gives: the figure with its interval, the cases, whose acts made them; and what
    disclosure control sees.

    An archive until the summer: its exchanges are not followed longer, those of here are.
    """
    with engines.engine() as connection:
        acts = acts_of(connection, lake, community(number))
        acts = acts.mutate(origin=(acts.happened_at < SUMMER).ifelse("forum", HERE))
        by_verb = acts.group_by("verb")
        given: dict[str, Rows] = {"acts": rows(by_verb.aggregate(last=acts.act.max(), folded=bit_xor(acts.act)))}
        cohorts = dict(cohorts_of(acts))
        for name, cohort in cohorts.items():
            figure = reading_of(DECLARED[name], cohort)
            given |= {name: [{"value": figure.value, "low": figure.low, "high": figure.high}]}
            given |= {f"{name} counts": [{"n": figure.n, "events": figure.events}]}
            given |= {f"{name} cases": rows(cohort.cases), f"{name} doers": rows(cohort.doers)}
        return {name: sorted(of, key=repr) for name, of in given.items()}, judged(cohorts)


def cohorts_of(acts: ir.Table) -> Iterator[tuple[str, Cohort]]:
    """Kept, as they are where figures are made."""
    for metric in METRICS:
        if cohort := cohort_of(metric, acts, PERIOD, Rules()):
            yield metric.id, Cohort(kept(cohort.cases), kept(cohort.doers))


def judged(cohorts: dict[str, Cohort]) -> Any:
    """Who stands behind two figures that overlap, and the groups that their counts tell apart."""
    two = ("X4", "C1.item")
    counts = [Count(name, 1, PERIOD.since, PERIOD.until, reached) for name in two for reached in (True, False)]
    groups = groups_of(counts, {count.of: cohorts[count.metric] for count in counts})
    roles = sorted((sorted(map(repr, group.counts)), sorted(group.roles.items())) for group in groups)
    return [crowds(cohorts[name]) for name in two], roles


def test_both_give_the_same(lake: Path, spark_or_skip: None, settings: Any) -> None:
    """Counts, moments and durations are equal, and other numbers to nine places; disclosure control sees the same.

    One test, for Spark starts once in each process.
    """
    on_spark, seen_on_spark = answers(lake.as_uri(), 0)
    settings.ENGINE = "duckdb"
    on_duckdb, seen_on_duckdb = answers(str(lake), 0)
    assert on_spark.keys() == on_duckdb.keys()
    assert sum(bool(of) for of in on_duckdb.values()) == len(on_duckdb), "each has something to compare"
    for name, given in on_duckdb.items():
        assert same(on_spark[name], given), name
    assert seen_on_spark == seen_on_duckdb
    assert len(seen_on_duckdb[1]) > 2


def same(some: Rows, others: Rows) -> bool:
    exact = [[value for value in row.values() if not isinstance(value, float)] for row in (*some, *others)]
    close = [[value for value in row.values() if isinstance(value, float)] for row in (*some, *others)]
    return exact[: len(some)] == exact[len(some) :] and all(
        ours == pytest.approx(theirs, rel=1e-9, abs=1e-9)
        for ours, theirs in zip(close[: len(some)], close[len(some) :], strict=True)
    )


def test_the_comparison_would_notice() -> None:
    assert same([{"n": 1, "value": 0.5}], [{"n": 1, "value": 0.5 + 1e-12}])
    assert not same([{"n": 1, "value": 0.5}], [{"n": 1, "value": 0.5 + 1e-6}])
    assert not same([{"n": 1, "value": 0.5}], [{"n": 2, "value": 0.5}])
    assert not same([{"value": None}], [{"value": 0.5}])


def test_one_community_is_read_or_all(lake: Path) -> None:
    with engines.engine() as connection:
        one, everything = (acts_of(connection, lake, which) for which in (community(1), None))
        assert {row["community"] for row in rows(one.select("community").distinct())} == {community(1)}
        assert rows(everything.aggregate(n=everything.count())) == [{"n": len(CROWD.acts()["at"])}]


def test_moments_come_out_in_utc(lake: Path) -> None:
    with engines.engine() as connection:
        (row,) = rows(acts_of(connection, lake, None).limit(1))
        assert row["happened_at"].utcoffset() == timedelta()


def test_a_lake_that_cannot_be_read_is_named_with_what_mends_it(lake: Path, tmp_path: Path) -> None:
    torn = shutil.copytree(lake, tmp_path / "lake")
    for file in torn.glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:-9])
    for place in (str(torn), str(tmp_path / "nothing")):
        with engines.engine() as connection, pytest.raises(LakeUnusable, match=rf"{place} .*ledger export --check"):
            acts_of(connection, place, None)


def test_an_unknown_engine_is_said(settings: Any) -> None:
    settings.ENGINE = "abacus"
    with pytest.raises(EngineMissing, match="write duckdb or spark"), engines.engine():
        pass


def test_the_settings_say_where_spark_runs(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPARK_CONF_DIR", raising=False)
    here = spark.configured()
    assert (here["spark.master"], here["spark.driver.bindAddress"]) == ("local[2]", "127.0.0.1")
    settings.SPARK_MASTER = "yarn"
    assert spark.configured()["spark.master"] == "yarn"
    assert "spark.driver.host" not in spark.configured(), "a cluster has to reach the driver"
    settings.SPARK_MASTER = ""
    monkeypatch.setenv("SPARK_CONF_DIR", "/etc/spark")
    assert "spark.master" not in spark.configured()


def test_without_spark_it_says_what_to_install(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ENGINE = "spark"
    monkeypatch.setitem(__import__("sys").modules, "pyspark.errors", None)
    spark._started.cache_clear()
    with pytest.raises(EngineMissing, match=r"commonplace\[cluster\]"), engines.engine():
        pass


def test_who_is_a_bot_is_read_beside_every_community(lake: Path, tmp_path: Path) -> None:
    shutil.copytree(lake, tmp_path / "lake")
    place = Place.at(tmp_path / "lake")
    last = place.live()[-1].last
    table = files.read(place, place.live()[-1]).slice(0, 1)
    word = {"act": last + 1, "verb": "person.bot_set", "community": "", "subject": "p9"}
    row = pa.Table.from_pylist([table.to_pylist()[0] | word], table.schema)
    files.write(place, Segment(last + 1, last + 1), row)
    with engines.engine() as connection:
        acts = acts_of(connection, place.address, community(1))
        assert rows(acts.filter(acts.verb == "person.bot_set").select("subject")) == [{"subject": "p9"}]


def test_a_group_of_numbers_is_folded_by_exclusive_or(lake: Path) -> None:
    with engines.engine() as connection:
        acts = acts_of(connection, lake, community(2))
        three = acts.filter(acts.act.isin([row["act"] for row in rows(acts.limit(3))]))
        numbers = [row["act"] for row in rows(three)]
        assert rows(three.aggregate(folded=bit_xor(three.act))) == [{"folded": reduce(xor, numbers)}]
