"""What went wrong, in one line that says what to do."""

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from environs import EnvError

from commonplace.ledger.alone import Occupied
from commonplace.ledger.errors import NotAllowed, NotPossible
from commonplace.untrusted.refused import Refused
from commonplace.web.folder import FolderUnusable

EXPECTED = (FolderUnusable, EnvError, ImproperlyConfigured, NotAllowed, NotPossible, Occupied, Refused, OSError)


def sentence(error: Exception) -> str:
    """The error's own words if it was expected; else its kind, and how to see where."""
    if isinstance(error, click.ClickException):
        return _line(error.format_message())
    if isinstance(error, DatabaseError):
        return f"The database does not answer as it should: {_line(str(error))}. See `commonplace doctor`."
    if isinstance(error, EXPECTED):
        return _line(str(error))
    return f"This should not happen: {type(error).__name__}: {_line(str(error))}. COMMONPLACE_DEBUG=1 shows where."


def _line(text: str) -> str:
    return " ".join(text.split()).rstrip(".") + ("." if text.rstrip().endswith(".") else "")
