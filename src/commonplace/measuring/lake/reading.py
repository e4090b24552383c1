"""One community's acts, copied once out of the lake into the engine that will be asked many questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

MEMORY = "1GB"


@contextmanager
def engine() -> Iterator[Any]:
    connection = ibis.duckdb.connect(memory_limit=MEMORY)
    try:
        yield connection
    finally:
        connection.disconnect()


def acts_of(connection: Any, lake: Path, community: str) -> ir.Table:
    everything = connection.read_parquet(str(lake / "acts-*.parquet"), union_by_name=True)
    return connection.create_table("acts", everything.filter(everything.community == community), temp=True)
