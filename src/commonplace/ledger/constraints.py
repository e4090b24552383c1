"""What the database refused, in the words of the constraint that refused it."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)$")
NAME = re.compile(r"(?:index '|CHECK constraint failed: )(?P<name>\w+)")
FOREIGN_KEY = "foreign key"


def sentence(error: IntegrityError) -> str | None:
    """For the person who tried; None if it was no constraint of ours, or one that no two people could break."""
    for constraint in _violated(error):
        return _words(constraint)
    if _is_there_already(error):
        return _("This is here already. Load the page again.")
    return _("This refers to something that is no longer here. Load the page again.") if _is_dangling(error) else None


def _words(constraint: models.BaseConstraint) -> str | None:
    """Its own; if it has none, and two were at it, that somebody was quicker."""
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.get_violation_error_message())
    quicker = _("Somebody was quicker than you. Load the page again and see.")
    return quicker if isinstance(constraint, models.UniqueConstraint) else None


def named() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for model in apps.get_models():
        if model.__module__.startswith("commonplace."):
            yield from ((model, constraint) for constraint in model._meta.constraints)


def _violated(error: IntegrityError) -> Iterator[models.BaseConstraint]:
    name, columns = _named_by(error)
    for model, constraint in named():
        if constraint.name == name or (columns and columns == _columns(model, constraint)):
            yield constraint


def _named_by(error: IntegrityError) -> tuple[str, set[str]]:
    """PostgreSQL gives the constraint's name; SQLite gives the columns of a unique one, and the name of any other."""
    if name := getattr(getattr(error.__cause__, "diag", None), "constraint_name", None):
        return name, set()
    if columns := COLUMNS.search(str(error)):
        return "", set(columns["columns"].split(", "))
    by_name = NAME.search(str(error))
    return by_name["name"] if by_name else "", set()


def _columns(model: type[models.Model], constraint: models.BaseConstraint) -> set[str]:
    if not isinstance(constraint, models.UniqueConstraint):
        return set()
    fields = (model._meta.get_field(name) for name in constraint.fields)
    return {f"{model._meta.db_table}.{field.column}" for field in fields if isinstance(field, models.Field)}


def _is_there_already(error: IntegrityError) -> bool:
    """A new row under the id of another: PostgreSQL names the key after the table, SQLite its column."""
    name, columns = _named_by(error)
    tables = (model._meta for model in apps.get_models() if model.__module__.startswith("commonplace."))
    keys = ((meta.db_table, meta.pk.column) for meta in tables)
    return any(name == f"{table}_pkey" or columns == {f"{table}.{column}"} for table, column in keys)


def _is_dangling(error: IntegrityError) -> bool:
    return getattr(error.__cause__, "sqlstate", "") == "23503" or FOREIGN_KEY in str(error).lower()
