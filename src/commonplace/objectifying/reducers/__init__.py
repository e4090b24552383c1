"""Practices, where they come from, and what was agreed on, folded from the ledger; and the same read as rows."""

from commonplace.objectifying.reducers import (
    agreements,
    audiences,
    challenges,
    minor_edits,
    origins,
    practices,
    put_away,
    reviews,
)

__all__ = ["agreements", "audiences", "challenges", "minor_edits", "origins", "practices", "put_away", "reviews"]
