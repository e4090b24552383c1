"""What an act, or a query, may answer instead of doing what was asked."""

from django.core.exceptions import PermissionDenied


class NotAllowed(PermissionDenied):
    """The policy says no: this person may not."""


class NotPossible(Exception):
    """The guard says no: nobody may, in this state. Its text is for the person who tried.

    `about`: the one thing typed that it is about, by its name in the act, where there is one.
    """

    def __init__(self, words: str, about: str = "") -> None:
        super().__init__(words)
        self.about = about


class UnscopedQuery(RuntimeError):
    """A list was asked for without saying who reads it."""


class NotRecordable(TypeError):
    """An act or its evidence is not of the declared kind."""
