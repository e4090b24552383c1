"""What goes into an engine, the acts of the lake, and what comes out of it: rows of a small answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
from django.conf import settings

from commonplace.measuring.engines.missing import EngineMissing
from commonplace.measuring.lake.columns import OF_ACT
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.unread import UNREAD
from commonplace.measuring.lake.unusable import LakeUnusable
from commonplace.measuring.sources import BOT_SET, SOURCES

# By the names that settings and Ibis have for them; each is imported when it is asked for.
DUCKDB, SPARK = "commonplace.measuring.engines.duckdb", "commonplace.measuring.engines.spark"
ENGINES = {"duckdb": DUCKDB, "spark": SPARK, "pyspark": SPARK}
READ = {*OF_ACT.keys() - {UNREAD, "version", "recorded_by"}, *(name for source in SOURCES for name in source.names)}


@contextmanager
def engine() -> Iterator[Any]:
    """The one that COMMONPLACE_ENGINE names, as an Ibis connection."""
    if settings.ENGINE not in ENGINES:
        raise EngineMissing(f"COMMONPLACE_ENGINE={settings.ENGINE} is not known; write duckdb or spark.")
    with _module(settings.ENGINE).engine() as connection:
        yield connection


def acts_of(connection: Any, lake: str | Path, community: str | None) -> ir.Table:
    """One community's acts, or all, copied once as many questions will be asked of them.

    Who is a bot is said in no community, and counts in every one. As two reads, each finds its few row groups.
    """
    engine = _module(connection.name)
    try:
        return kept(_acts(engine, connection, Place.at(lake), community))
    except (*engine.failures(), pa.ArrowException, OSError) as error:
        raise LakeUnusable.to_read(lake, error) from error


def _acts(engine: ModuleType, connection: Any, place: Place, community: str | None) -> ir.Table:
    recorded = engine.acts(connection, place, place.live())
    everything = recorded.select([name for name in recorded.columns if name in READ])
    if community is not None:
        words = everything.filter(everything.community == "", everything.verb == BOT_SET.verb)
        everything = everything.filter(everything.community == community).union(words)
    return everything


def kept(expression: ir.Table) -> ir.Table:
    """Computed once, as much will be asked of it."""
    connection = expression.get_backend()
    table: ir.Table = _module(connection.name).kept(connection, expression)
    return table


def rows(expression: ir.Table) -> list[dict[str, Any]]:
    """Computed by the engine in which it lies, with moments in UTC."""
    connection = expression.get_backend()
    read: list[dict[str, Any]] = _module(connection.name).rows(connection, expression)
    return read


def _module(name: str) -> ModuleType:
    return import_module(ENGINES[name])
