"""What an act holds while it runs: its subjects under lock, in one order for everybody, and each row as it is now."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar, cast

from django.db import models
from django.utils.translation import gettext as _

from commonplace.ledger.errors import NotPossible

V = TypeVar("V")
MANY = (list, tuple, set, frozenset)


def subject_of(row: Any) -> Any:
    """The exchange, practice, community or objective that a row belongs to: it is locked, the ledger names it."""
    return getattr(row, "subject", row)


def lock(rows: Iterable[Any]) -> None:
    """Lock the subjects of these rows, sorted, without blocking foreign keys into them; one gone is a refusal."""
    subjects = {(row._meta.label, row.pk): row._meta.model for row in map(subject_of, rows) if _is_stored(row)}
    for _label, same in groupby(sorted(subjects), key=itemgetter(0)):
        keys = list(same)
        kind, ids = subjects[keys[0]], [pk for _, pk in keys]
        held = kind._base_manager.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        if len(held.values_list("pk")) < len(ids):
            raise gone()


def current(value: V) -> V:
    """A row, or several, as the database has them now; of a new row, what it points to; anything else as it is."""
    if isinstance(value, models.Model):
        return cast(V, _read(value))
    if isinstance(value, models.QuerySet):
        return cast(V, list(value.all()))
    if type(value) in MANY:
        return type(value)(map(current, value))  # type: ignore[call-arg, call-overload]
    return value


def gone() -> NotPossible:
    return NotPossible(_("This is no longer here. Load the page again."))


def _forget_what_it_points_to(row: models.Model) -> None:
    """A new row's relations are read when they are asked for."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row) and getattr(row, field.attname) is not None:
            field.delete_cached_value(row)


def _is_stored(value: Any) -> bool:
    return isinstance(value, models.Model) and not value._state.adding


def _read(row: Any) -> Any:
    """The stored row of this id, whatever the one in hand says of itself; a new one only if there is none."""
    there = row._meta.model._base_manager.filter(pk=row.pk).first()
    if there is not None:
        return there
    if _is_stored(row):
        raise gone()
    _forget_what_it_points_to(row)
    return row
