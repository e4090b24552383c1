"""Every query says who reads, or it is never compiled: alone or inside another, in tests and in production.

What it does not stop: a row made by hand with the id of another may be read again, name what it points to, be said to
be stored (`_state.adding = False`), or hide behind a row that was read in a list that is prefetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NoReturn, Self, TypeVar, cast

from django.db import models
from django.db.models.fields.related_descriptors import ReverseOneToOneDescriptor
from django.db.models.query_utils import PathInfo
from django.db.models.sql import Query

from commonplace.ledger.errors import UnscopedQuery

M = TypeVar("M", bound=models.Model)

_validating: ContextVar[bool] = ContextVar("validating", default=False)


class ScopedQuery(Query):
    """What becomes a statement passes here: a list, a count, a subquery, a part of a union, a change, a deletion."""

    in_scope = False

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> Any:
        self.require_scope()
        return super().get_compiler(using, connection, elide_empty)

    def chain(self, klass: type[Query] | None = None) -> Query:
        if klass:  # An update goes on as a class of Django's, which asks nobody.
            self.require_scope()
        return super().chain(klass)

    def combine(self, rhs: Query, connector: str) -> None:
        super().combine(rhs, connector)
        self.in_scope = self.in_scope and getattr(rhs, "in_scope", True)

    def trim_start(self, names_with_path: list[tuple[str, list[PathInfo]]]) -> tuple[str, bool]:
        self.in_scope = True  # The inner half of an exclude() over a relation: its outer half says who reads.
        return super().trim_start(names_with_path)

    def require_scope(self) -> None:
        if not self.in_scope:
            name = cast(type[models.Model], self.model).__name__
            raise UnscopedQuery(f"{name}: say who reads, .visible_to(person), or why not, .everywhere(reason).")


class ScopedQuerySet(models.QuerySet[M]):
    """`visible_to(person)` is the door."""

    query: ScopedQuery

    def __init__(
        self,
        model: type[models.Model] | None = None,
        query: Query | None = None,
        using: str | None = None,
        hints: dict[str, models.Model] | None = None,
    ) -> None:
        super().__init__(model, query or ScopedQuery(model), using, hints)

    def visible_to(self, person: Any) -> Self:
        return self._visible_to(person)._in_scope()

    def everywhere(self, why: str) -> Self:
        """For work that has no single reader (check, export, a guard). Say why; views never call it."""
        _require_reason(why)
        return self._in_scope()

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise UnscopedQuery("A statement written by hand does not say who reads.")

    def _visible_to(self, person: Any) -> Self:
        raise NotImplementedError

    def _in_scope(self) -> Self:
        scoped = self.all()
        scoped.query.in_scope = True
        return scoped

    def _merge_sanity_check(self, other: models.QuerySet[M]) -> None:
        super()._merge_sanity_check(other)
        if self.query.is_sliced:  # Django goes on with a query of its own, which takes in whatever `other` asks for.
            cast(ScopedQuerySet[M], other).query.require_scope()

    def _insert(self, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("update_fields"):  # Rows that are there already are changed.
            self.query.require_scope()
        return super()._insert(*args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        self.query.require_scope()
        return super()._raw_delete(using)


class ScopedManager(models.Manager[M]):
    """Use with `ScopedManager.from_queryset(...)()`. What hangs on a row that was read is in scope."""

    def get_queryset(self) -> models.QuerySet[M]:
        rows = super().get_queryset()
        cast(ScopedQuerySet[M], rows).query.in_scope = _validating.get() or _was_read(getattr(self, "instance", None))
        return rows

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        super().contribute_to_class(cls, name)
        for question in ("validate_unique", "validate_constraints"):
            setattr(cls, question, _among_all()(getattr(cls, question)))


class _OnRowsInHand(ReverseOneToOneDescriptor):  # type: ignore[type-arg]
    def get_queryset(self, **hints: Any) -> Any:
        self._require_read(hints.values())
        return super().get_queryset(**hints)

    def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> Any:
        self._require_read(instances)
        return super().get_prefetch_querysets(instances, querysets)

    def _require_read(self, rows: Iterable[models.Model]) -> None:
        if not all(map(_was_read, rows)):
            raise UnscopedQuery(f"{self.related.related_model.__name__}: what it hangs on was never read.")


if TYPE_CHECKING:
    ScopedOneToOneField = models.OneToOneField
else:

    class ScopedOneToOneField(models.OneToOneField):
        """Of what it points to, the other end (`exchange.closing`) opens as `exchange.responses` does."""

        related_accessor_class = _OnRowsInHand


def _was_read(row: models.Model | None) -> bool:
    """Or stored here and now: no row that was only given the id of one."""
    return row is not None and not row._state.adding


@contextmanager
def _among_all() -> Iterator[None]:
    """Whether a row in hand is unique is asked of all rows, and only yes or no comes back."""
    token = _validating.set(True)
    try:
        yield
    finally:
        _validating.reset(token)


def everywhere(model: type[M], why: str) -> models.QuerySet[M]:
    """All rows of any model, a library's too, for work that has no single reader."""
    _require_reason(why)
    return model._base_manager.all()


def _require_reason(why: str) -> None:
    if not why:
        raise UnscopedQuery("everywhere() needs a reason.")
