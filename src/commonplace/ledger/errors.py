"""What an act, or a query, may answer instead of doing what was asked."""

from enum import Enum
from typing import Self

from django.core.exceptions import PermissionDenied


class Reason(str):
    """Why something is not possible, in words. `way`: what leads out of it, where something does."""

    __slots__ = ("way",)
    way: Enum | None

    def __new__(cls, words: str = "", way: Enum | None = None) -> Self:
        reason = super().__new__(cls, words)
        reason.way = way
        return reason


class NotAllowed(PermissionDenied):
    """The policy says no: this person may not."""


class NotPossible(Exception):
    """The guard says no: nobody may, in this state. Its text is for the person who tried.

    `about`: the one thing typed that it is about, by its name in the act, where there is one. `way`: as in a Reason.
    """

    def __init__(self, words: str, about: str = "", way: Enum | None = None) -> None:
        super().__init__(words)
        self.about, self.reason = about, Reason(words, way)


class UnscopedQuery(RuntimeError):
    """A list was asked for without saying who reads it."""


class NotRecordable(TypeError):
    """An act or its evidence is not of the declared kind."""
