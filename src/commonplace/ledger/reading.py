"""Readings: a queryset with named places, composed and compiled once, then run as the statement that it is.

Composing a statement costs ten times what running it does. Whose rows these are is asked as ever, when it is compiled.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.expressions import Expression, F
from django.db.models.query import get_related_populators

from commonplace.ledger import clock

R = TypeVar("R")
Settle = Callable[[Any], Any]


class Place(Expression):
    """Where a value will stand: `Place("exchange")`. Of anything but text, with its field."""

    def __init__(self, name: str, field: models.Field[Any, Any] | None = None, settle: Settle | None = None) -> None:
        super().__init__(output_field=field or models.CharField())
        self.name, self.settle = name, settle

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    @property
    def pk(self) -> Place:
        """Where a person's own id will stand, of a place for a person."""
        return Place(self.name, settle=lambda person: person.pk)

    def value(self, given: Any) -> Any:
        return self.output_field.get_db_prep_value(self.settle(given) if self.settle else given, connection)


ANY = "ANY(%s::text[])"
"""As PostgreSQL has it in place of `IN (...)`; a subquery it would plan as if it gave hundreds."""


class Among(Place):
    """Where ids will stand, after `in`: one value, however many they are."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "(SELECT value FROM json_each(%s))", [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return ANY, [self]

    def value(self, given: Any) -> Any:
        ids = list(self.settle(given) if self.settle else given)
        return ids if connection.vendor == "postgresql" else json.dumps(ids)


READER = Place("reader")
"""In place of a person, in whatever says who reads."""

NOW = Place("now", models.DateTimeField())
"""When the reading is run: given by itself."""


def now_for(person: Any) -> Any:
    """For a place for a person: when the reading is run."""
    return NOW if isinstance(person, Place) else clock.now()


def settled(person: Any, settle: Callable[[Any], Sequence[str]]) -> Sequence[str] | Among:
    """The ids that `settle` gives for a person; for a place, where they will stand."""
    return Among(person.name, settle=settle) if isinstance(person, Place) else settle(person)


@dataclass(frozen=True, slots=True)
class _Statement:
    """`converters`: for some columns, what makes of the database's value ours, one after the other; `brought`: what
    hangs on the rows, each by its name there.
    """

    sql: str
    places: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Sequence[Callable[[Any, Any, Any], Any]], Any]], ...]
    row: Callable[[Sequence[Any]], Any]
    brought: dict[str, Reading[Any]]

    def run(self, given: dict[str, Any]) -> Iterator[Any]:
        """No row has a NUL, and PostgreSQL cannot be asked for one: where it is given, there is nothing."""
        given = {NOW.name: clock.now(), **given}
        values = [one.value(given[one.name]) if isinstance(one, Place) else one for one in self.places]
        if any(isinstance(value, str) and "\0" in value for value in values):
            return iter(())
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return map(self.row, map(self._converted, cursor.fetchall()))

    def _converted(self, columns: Sequence[Any]) -> Sequence[Any]:
        if not self.converters:
            return columns
        ours = list(columns)
        for at, (converters, expression) in self.converters:
            for convert in converters:
                ours[at] = convert(ours[at], expression, connection)
        return ours


class Reading(Generic[R]):
    """`rows(**places)` of a queryset; as its models, with what it prefetches, or as `shape(*columns)` of its values."""

    def __init__(self, compose: Callable[[], models.QuerySet[Any, Any]], shape: Callable[..., R] | None = None) -> None:
        self.compose, self.shape = compose, shape
        self.statements: dict[str, _Statement] = {}

    def rows(self, **places: Any) -> list[R]:
        """With a value for each named place; at once, in one query, and one for each name that is prefetched."""
        statement = self.statements.get(connection.vendor) or self._compiled()
        rows = list(statement.run(places))
        for name, others in statement.brought.items() if rows else ():
            _hang(name, rows, others.rows(of=[row.pk for row in rows]))
        return rows

    def first(self, **places: Any) -> R | None:
        return next(iter(self.rows(**places)), None)

    def _compiled(self) -> _Statement:
        composed = self.compose()
        compiler = composed.query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        sql = sql.replace(f"IN ({ANY})", f"= {ANY}")
        converters = compiler.get_converters([column[0] for column in compiler.select])
        shape = self.shape
        row = _model(compiler) if shape is None else lambda columns: shape(*columns)
        statement = _Statement(sql, tuple(places), tuple(converters.items()), row, dict(_brought(composed)))
        self.statements[connection.vendor] = statement
        return statement


def _model(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """As Django's own rows are made, with those that `select_related` brings and what was annotated."""
    about, alias = compiler.klass_info, connection.alias
    first, last = about["select_fields"][0], about["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators = get_related_populators(about, compiler.select, alias)  # type: ignore[call-arg]
    annotated = list((compiler.annotation_col_map or {}).items())

    def row(columns: Sequence[Any]) -> Any:
        made = about["model"].from_db(alias, names, columns[first:last])
        for populator in populators:
            populator.populate(columns, made)
        for name, at in annotated:
            setattr(made, name, columns[at])
        return made

    return row


def _brought(rows: models.QuerySet[Any, Any]) -> Iterator[tuple[str, Reading[Any]]]:
    """Of each `Prefetch` that names its rows: those of any number of ours, each with whose it is as `of`."""
    for prefetch in rows._prefetch_related_lookups:  # type: ignore[attr-defined]
        back = rows.model._meta.get_field(prefetch.prefetch_to).remote_field.name
        theirs = prefetch.queryset.filter(**{f"{back}__in": Among("of")}).annotate(of=F(back))
        yield prefetch.prefetch_to, Reading(theirs.all)


def _hang(name: str, rows: Iterable[Any], others: Iterable[Any]) -> None:
    """For `row.name.all()`, and for nothing else that would have to be asked for."""
    hanging = defaultdict(list)
    for one in others:
        hanging[one.of].append(one)
    for row in rows:
        vars(row).setdefault("_prefetched_objects_cache", {})[name] = hanging[row.pk]
