"""Who may: one statement with two faces, a test of one row and the set of all such rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

P = TypeVar("P", contravariant=True)
T = TypeVar("T")

EVERY, NONE = Q(pk__isnull=False), Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Condition(Generic[P, T]):
    """`allows(person, target)`, and `where(person, model)`: the same as a condition on the rows of `model`."""

    allows: Callable[[P, T], bool]
    where: Callable[[P, type[Any]], Q]

    def __and__(self, other: Condition[P, T]) -> Condition[P, T]:
        return Condition(
            lambda person, target: self.allows(person, target) and other.allows(person, target),
            lambda person, model: self.where(person, model) & other.where(person, model),
        )

    def __or__(self, other: Condition[P, T]) -> Condition[P, T]:
        return Condition(
            lambda person, target: self.allows(person, target) or other.allows(person, target),
            lambda person, model: self.where(person, model) | other.where(person, model),
        )

    def __invert__(self) -> Condition[P, T]:
        return Condition(
            lambda person, target: not self.allows(person, target),
            lambda person, model: ~self.where(person, model),
        )


def about(holds: Callable[[P], bool]) -> Condition[P, Any]:
    """A condition on the person alone."""
    return Condition(lambda person, target: holds(person), lambda person, model: EVERY if holds(person) else NONE)


Path = str | Callable[[type[Any]], str]
"""Where to look: `"exchange__opener"`, or what gives this for a model."""


def names(path: Path) -> Condition[Any, Any]:
    """The row names this person there: `names("opener")`, `names("proposal__opened_by")`."""
    return Condition(
        lambda person, target: person.pk is not None and value(target, path) == person.pk,
        lambda person, model: Q(**{_on(model, path): person.pk}) if person.pk is not None else NONE,
    )


def has(path: Path, *values: Any) -> Condition[Any, Any]:
    """The row has one of these values there; for nothing at all there is `lacks`."""
    if None in values:
        raise ValueError("Nothing is no value: say lacks(path).")
    return Condition(
        lambda person, target: value(target, path) in values,
        lambda person, model: Q(**{f"{_on(model, path)}__in": values}),
    )


def lacks(path: Path) -> Condition[Any, Any]:
    """The row has nothing there."""
    return Condition(
        lambda person, target: value(target, path) is None,
        lambda person, model: Q(**{f"{_on(model, path)}__isnull": True}),
    )


def among(path: Path, keys: Callable[[P], QuerySet[Any, Any]]) -> Condition[P, Any]:
    """What the row has there is among the keys that a query gives for the person, as a flat list."""
    return Condition(
        lambda person, target: value(target, path) in set(_known(keys(person))),
        lambda person, model: Q(**{f"{_on(model, path)}__in": _known(keys(person))}),
    )


def _known(keys: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Without the empty ones: to SQL, not to be among them and one that is nothing is unknown."""
    (name,) = keys.query.values_select
    return keys.filter(**{f"{name}__isnull": False}).values_list(name, flat=True)


def value(target: Any, path: Path) -> Any:
    """What stands at the end of a path; of a row, its key."""
    *steps, last = _on(target._meta.model, path).split("__")
    for step in steps:
        target = getattr(target, step)
        if target is None:
            return None
    return target.pk if last == "pk" else getattr(target, target._meta.get_field(last).attname)


def _on(model: type[Any], path: Path) -> str:
    return path if isinstance(path, str) else path(model)


@dataclass(frozen=True, slots=True)
class Rule(Generic[P, T]):
    """A condition in words: `who` completes the sentence "This is for ..."."""

    who: str
    condition: Condition[P, T]
    either: tuple[Rule[P, T], ...] = ()

    def allows(self, person: P, target: T) -> bool:
        return self.condition.allows(person, target)

    def where(self, person: P, model: type[Any]) -> Q:
        """The rows of `model` that this person may act on."""
        return self.condition.where(person, model)

    @property
    def words(self) -> str:
        """`who` in the reader's language; of two rules, each by itself."""
        return _(", or ").join(rule.words for rule in self.either) or _(self.who)

    def __or__(self, other: Rule[P, T]) -> Rule[P, T]:
        return Rule(f"{self.who}, or {other.who}", self.condition | other.condition, (self, other))
