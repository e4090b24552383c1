"""Every list says who reads it. A query that does not, raises: in tests and in production."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self, TypeVar

from django.db import models

from commonplace.ledger.errors import UnscopedQuery

M = TypeVar("M", bound=models.Model)


class ScopedQuerySet(models.QuerySet[M]):
    """`visible_to(person)` is the door. What hangs on a row in hand (`exchange.responses`) is scoped by that row."""

    _scoped = False

    def visible_to(self, person: Any) -> Self:
        return self._visible_to(person)._in_scope()

    def everywhere(self, why: str) -> Self:
        """For work that has no single reader (check, export, a guard). Say why; views never call it."""
        if not why:
            raise UnscopedQuery("everywhere() needs a reason.")
        return self._in_scope()

    def _visible_to(self, person: Any) -> Self:
        raise NotImplementedError

    def _in_scope(self) -> Self:
        scoped = self.all()
        scoped._scoped = True
        return scoped

    def _clone(self) -> Self:
        clone: Self = super()._clone()
        clone._scoped = self._scoped
        return clone

    def _require_scope(self) -> None:
        if not self._scoped and "instance" not in self._hints:  # type: ignore[attr-defined]
            raise UnscopedQuery(
                f"{self.model.__name__}: say who reads, .visible_to(person), or why not, .everywhere(reason)."
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require_scope()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._require_scope()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()


class ScopedManager(models.Manager[M]):
    """Use with `ScopedManager.from_queryset(...)()`."""
