"""DuckDB, within this process: one machine's engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
from django.conf import settings
from pyarrow import dataset

from commonplace.measuring.engines.folders import own_folder
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.segments import Segment

LIMITS = {"memory_limit": "1GB", "max_temp_directory_size": "8GB"}
# Joins as expressions have them, from the cohort on. DuckDB's own order once joined by time alone: 34 GB on the disk.
ORDERLY = "SET disabled_optimizers = 'join_order'"


@contextmanager
def engine() -> Iterator[Any]:
    """Acts are kept in a folder that goes with the engine, so that memory is small however many they are."""
    with own_folder(settings.DATA / "engine") as folder:
        connection = ibis.duckdb.connect(f"{folder}/acts.duckdb", temp_directory=folder, **LIMITS)
        connection.raw_sql(ORDERLY)
        try:
            yield connection
        finally:
            connection.disconnect()


def acts(connection: Any, place: Place, segments: list[Segment]) -> ir.Table:
    """Its own reader of files on this machine; elsewhere Arrow's, which knows the addresses that the export knows."""
    paths = [place.within(segment.name) for segment in segments]
    if place.is_here:
        return connection.read_parquet(paths, union_by_name=True)
    name = ibis.util.gen_name("lake")
    connection.con.register(name, dataset.dataset(paths, filesystem=place.system, format="parquet"))
    return connection.table(name)


def failures() -> tuple[type[Exception], ...]:
    return (duckdb.Error,)


def kept(connection: Any, expression: ir.Table) -> ir.Table:
    return connection.create_table(ibis.util.gen_name("kept"), expression)


def rows(connection: Any, expression: ir.Table) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = connection.to_pyarrow(expression).to_pylist()
    return read
