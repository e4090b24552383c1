"""The one place where search writes SQL: what both databases are asked alike, and where they differ."""

from commonplace.internalizing.search.engines.choice import Engine, Row, Statement, TooSlow, changed, engine, rows

__all__ = ["Engine", "Row", "Statement", "TooSlow", "changed", "engine", "rows"]
