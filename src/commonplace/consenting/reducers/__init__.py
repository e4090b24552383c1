"""Rounds, their rule, where people stand, what stands against it: folded from the ledger, and read as rows."""

from commonplace.consenting.reducers import drafts, lines, objections, questions, rounds, stances

__all__ = ["drafts", "lines", "objections", "questions", "rounds", "stances"]
