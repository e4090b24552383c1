"""Objectives, their cards, and the rounds on them, folded from the ledger; and the same read from the rows."""

from commonplace.steering.reducers import objectives

__all__ = ["objectives"]
