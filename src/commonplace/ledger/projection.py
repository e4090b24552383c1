"""What follows from acts and is asked all the time has a row, written with each act by the steps of a check."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar, cast

from django.db import connection, models

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act
from commonplace.ledger.replay import Recorded, Reducer, Span
from commonplace.ledger.scope import everywhere

C = TypeVar("C")
AT_ONCE = 500


class Projection(Reducer[C]):
    """A reducer of subjects whose result has a row: a `course`, frozen, with a field for each column of the row.

    `model`: its primary key is the subject. Whoever acts on it holds its lock, so nobody else writes the row.
    """

    def __init__(self, name: str, model: type[models.Model], course: type[C]) -> None:
        self.model, self.course = model, course
        self.columns = [field.name for field in fields(course)]  # type: ignore[arg-type]
        super().__init__(name, course, self._stored)
        PROJECTIONS.append(self)

    @property
    def subjects(self) -> type[models.Model]:
        return cast(type[models.Model], cast(Any, self.model._meta.pk).related_model)

    def remedy(self, subject: str) -> str:
        """None for what is gone: no row can be kept of that."""
        there = everywhere(self.subjects, "a check").filter(pk=subject).exists()
        return " (`commonplace check --mend` writes it anew)" if there else ""

    def follow(self, acts: Iterable[tuple[Act, Evidence]]) -> None:
        """The rows of all subjects of these acts, in the order in which they are recorded."""
        mine = [(act, evidence) for act, evidence in acts if act.verb in self.steps]
        before = self.of({act.subject for act, _evidence in mine})
        after = dict(before)
        for act, evidence in mine:
            course = after[act.subject] if act.subject in after else self.nothing()
            after[act.subject] = self.steps[act.verb](course, _recorded(act), evidence)
        self.write(
            {subject: course for subject, course in after.items() if before.get(subject, self.nothing()) != course}
        )

    def of(self, subjects: Collection[str]) -> dict[str, C]:
        """Those that have a row."""
        return {pk: course for ids in _some(subjects) for pk, course in self._stored(Span(ids=ids)).items()}

    def write(self, courses: Mapping[str, C]) -> None:
        """Spelled once: composed for each batch, this alone made an import a tenth slower."""
        rows = [(subject, *map(_plain, self._values(course))) for subject, course in courses.items()]
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(self._statement, rows)

    def _values(self, course: C) -> Iterator[Any]:
        return (getattr(course, name) for name in self.columns)

    @cached_property
    def _statement(self) -> str:
        quoted, field = connection.ops.quote_name, self.model._meta.get_field
        names = [quoted(cast(Any, field(name)).column) for name in self.columns]
        key, table = quoted(cast(Any, self.model._meta.pk).column), quoted(self.model._meta.db_table)
        places, new = ", ".join(["%s"] * (len(names) + 1)), ", ".join(f"{name} = excluded.{name}" for name in names)
        columns = ", ".join((key, *names))
        return f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {new}"

    def _stored(self, span: Span) -> dict[str, C]:
        rows = everywhere(self.model, "its own row, or a check").filter(span.within("pk")).order_by()
        return {pk: self.course(*columns) for pk, *columns in rows.values_list("pk", *self.columns)}


PROJECTIONS: list[Projection[Any]] = []


def follow(acts: Iterable[tuple[Act, Evidence]]) -> None:
    """What was just recorded, in one read and one write for each kind of row that follows from it."""
    all_of_them = list(acts)
    for projection in PROJECTIONS:
        projection.follow(all_of_them)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.value if isinstance(value, Enum) else value


def _recorded(act: Act) -> Recorded:
    return Recorded(*(getattr(act, name) for name in Recorded._fields))


def _some(subjects: Collection[str]) -> Iterator[tuple[str, ...]]:
    ids = sorted(subjects)
    return (tuple(ids[start : start + AT_ONCE]) for start in range(0, len(ids), AT_ONCE))
