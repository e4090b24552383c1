"""Spark, on this machine or a cluster: where the acts of an organization outgrow one machine's engine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from django.conf import settings

from commonplace.measuring.engines.missing import EngineMissing
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.segments import Segment

LOOPBACK = "127.0.0.1"
QUIET = Path(__file__).with_name("quiet.properties")
ALWAYS = {
    "spark.app.name": "Commonplace",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
}
# A cluster's own settings say where it listens, how many partitions there are, and what a driver may take.
HERE = {
    "spark.master": "local[2]",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}


@contextmanager
def engine() -> Iterator[Any]:
    """Names and copies of its own; Spark itself starts once a process, which takes seconds, and ends with it."""
    session = _started().newSession()
    try:
        yield ibis.pyspark.connect(session)
    finally:
        session.catalog.clearCache()


@cache
def _started() -> Any:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineMissing("Spark is not installed here: pip install 'commonplace[cluster]'.") from error
    builder = SparkSession.builder
    for name, value in configured().items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkRuntimeError, OSError) as error:
        raise EngineMissing("Spark did not start: it needs Java 17 (on Debian: openjdk-17-jre-headless).") from error
    session.sparkContext.setLogLevel("ERROR")
    return session


def configured() -> dict[str, str]:
    """With neither a master nor a folder of Spark's own settings, two cores of this machine."""
    if settings.SPARK_MASTER:
        return ALWAYS | {"spark.master": settings.SPARK_MASTER}
    if "SPARK_CONF_DIR" in os.environ:
        return ALWAYS
    os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
    return ALWAYS | HERE


def acts(connection: Any, place: Place, segments: list[Segment]) -> ir.Table:
    """Hadoop calls S3 by another name, and takes no settings from an address."""
    address = place.address if "://" in place.address else Path(place.address).as_uri()
    root = address.partition("?")[0].replace("s3://", "s3a://")
    paths = [f"{root.rstrip('/')}/{segment.name}" for segment in segments]
    return _named(connection, connection._session.read.option("mergeSchema", "true").parquet(*paths))


def failures() -> tuple[type[Exception], ...]:
    from pyspark.errors import PySparkException

    return (PySparkException,)


def kept(connection: Any, expression: ir.Table) -> ir.Table:
    return _named(connection, connection.raw_sql(connection.compile(expression)).cache())


def rows(connection: Any, expression: ir.Table) -> list[dict[str, Any]]:
    """By Arrow; Ibis itself would take the way of pandas, where a whole number beside a null is none any more."""
    connection._run_pre_execute_hooks(expression)
    read: list[dict[str, Any]] = connection.raw_sql(connection.compile(expression)).toArrow().to_pylist()
    return read


def _named(connection: Any, frame: Any) -> ir.Table:
    """Ibis takes Spark's moments, which are of UTC, for ones without a zone."""
    name = ibis.util.gen_name("acts")
    frame.createTempView(name)
    table = connection.table(name)
    moments = [column for column, kind in table.schema().items() if kind.is_timestamp()]
    return table.mutate(**{column: table[column].cast("timestamp('UTC')") for column in moments})
