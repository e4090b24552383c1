"""How long a text may be: as long as its column says, whoever calls the act."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from commonplace.ledger.errors import NotPossible

LONGEST = 4_000


def must_fit(row: Model, *names: str) -> None:
    """What the row is to hold under these names, before anything is written."""
    for name in names:
        _must_fit(row._meta.get_field(name), name, getattr(row, name) or "")


def _must_fit(column: Any, name: str, text: str) -> None:
    if len(text) > column.max_length:
        raise NotPossible(_("This is more than %(most)s characters.") % {"most": column.max_length}, name)
    must_be_kept(text, name)


def must_be_kept(text: str, about: str) -> None:
    """Not every database keeps a letter that is none."""
    if "\0" in text:
        raise NotPossible(_("This text holds something that cannot be kept. Type it anew."), about)
