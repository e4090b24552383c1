"""Where the lake is read: every question is an Ibis expression, and an engine computes it."""

from commonplace.measuring.engines.missing import EngineMissing
from commonplace.measuring.engines.reading import acts_of, engine, kept, rows

__all__ = ["EngineMissing", "acts_of", "engine", "kept", "rows"]
