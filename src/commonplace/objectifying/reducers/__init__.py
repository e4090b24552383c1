"""Practices, where they come from, and how they were agreed on, folded from the ledger; and the same read as rows."""

from commonplace.objectifying.reducers import agreements, challenges, origins, practices, rounds, stances

__all__ = ["agreements", "challenges", "origins", "practices", "rounds", "stances"]
