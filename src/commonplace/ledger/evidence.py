"""Typed evidence: what metrics, guards and replay may read of an act. Ids, codes, counts, days; never typed text."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, ClassVar, Self, TypeVar

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.ids import ALPHABET, LENGTH

Value = str | int | bool | list[str] | None
Stored = Mapping[str, Any]
K = TypeVar("K")


@dataclasses.dataclass(frozen=True, slots=True)
class Spelling:
    """How a text that is no member of an enumeration must read; "" is always allowed: not known."""

    pattern: re.Pattern[str]

    def allows(self, text: str) -> bool:
        return text == "" or self.pattern.fullmatch(text) is not None


@dataclasses.dataclass(frozen=True, slots=True)
class Among:
    """One of the words that the program itself gives out at run time; "" is always allowed: not known."""

    words: Callable[[], typing.Container[str]]

    def allows(self, text: str) -> bool:
        return text == "" or text in self.words()


@dataclasses.dataclass(frozen=True, slots=True)
class Within:
    """A number from `least` to `most`; a plain `int` counts something, and is never less than nothing."""

    least: int = 0
    most: int | None = None

    def allows(self, number: int) -> bool:
        return self.least <= number and (self.most is None or number <= self.most)


PUBLIC_ID = Spelling(re.compile(f"[{ALPHABET}]{{{LENGTH}}}"))
Id = Annotated[str, PUBLIC_ID]
Day = Annotated[str, Spelling(re.compile(r"\d{4}-\d{2}-\d{2}"))]
Digest = Annotated[str, Spelling(re.compile(r"[0-9a-f]{12,64}"))]


@typing.dataclass_transform(frozen_default=True, kw_only_default=True)
def evidence(kind: type[K]) -> type[K]:
    """What a verb declares: a frozen record, its fields named when it is made."""
    return dataclasses.dataclass(frozen=True, slots=True, kw_only=True)(kind)


class Evidence:
    """Base of what verbs declare.

    When the meaning of a field changes, `version` rises and `upcasts[n]` reads version n as n + 1.
    """

    __slots__ = ()
    version: ClassVar[int] = 1
    upcasts: ClassVar[Mapping[int, Callable[[Stored], Stored]]] = {}
    of_verbs: ClassVar[dict[str, type[Evidence]]] = {}

    @classmethod
    def of(cls, act: Any) -> Self:
        """The evidence of an act (`verb`, `version`, `evidence`), as this kind; NotRecordable if it is another."""
        kind = cls.of_verbs.get(act.verb)
        if kind is None or not issubclass(kind, cls):
            raise NotRecordable(f"{act.verb} declares {kind.__name__ if kind else 'no evidence'}, not {cls.__name__}.")
        return kind.read(act.version, act.evidence)

    @classmethod
    def read(cls, version: int, stored: Stored) -> Self:
        """What was stored as that version; NotRecordable if it cannot be read as this kind."""
        try:
            for earlier in _from(version, cls.version):
                stored = cls.upcasts[earlier](stored)
            convert = _shape(cls).conversions
            return cls(**{name: convert[name](value) if name in convert else value for name, value in stored.items()})
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise NotRecordable(f"evidence of version {version} does not read as {cls.__name__}: {error}") from error

    def as_json(self) -> dict[str, Value]:
        kind = type(self)
        return {name: _checked(field, kind, name, getattr(self, name)) for name, field in fields(kind).items()}


def _from(version: int, current: int) -> range:
    if not 1 <= version <= current:
        raise ValueError(f"version {current} is the newest")
    return range(version, current)


@evidence
class Nothing(Evidence):
    """For verbs that say all by happening."""


def fields(kind: type[Evidence]) -> Mapping[str, Field]:
    return _shape(kind).fields


def columns(kind: type[Evidence]) -> dict[str, Any]:
    """Column -> str, int, bool or list[str], as the lake spells it."""
    return {name: field.column for name, field in fields(kind).items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One field: `choices` an enumeration, or `text` how it is spelled, or `number` from where to where.

    `may_lack`: None is a value of it.
    """

    column: Any
    choices: type[Enum] | None = None
    text: Spelling | Among | None = None
    number: Within | None = None
    may_lack: bool = False

    def stored(self, value: Any) -> Value:
        """The value as JSON; raises ValueError for what is not of this kind."""
        if value is None and self.may_lack:
            return None
        if self.column == list[str] and isinstance(value, list | tuple):
            return [self._word(each) for each in value]
        if self.column is str:
            return self._word(value)
        if type(value) is not self.column or (self.number and not self.number.allows(value)):
            raise ValueError(value)
        return typing.cast(Value, value)

    def _word(self, value: Any) -> str:
        if self.choices:
            return str(self.choices(value).value)
        if self.text and type(value) is str and self.text.allows(value):
            return value
        raise ValueError(value)

    @property
    def conversion(self) -> Callable[[Any], Any] | None:
        """From JSON to the typed value, where they differ."""
        choices = self.choices
        if choices is None:
            return None
        if self.column is str:
            return lambda value: None if value is None else choices(value)
        return lambda values: None if values is None else [choices(value) for value in values]


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind of evidence, worked out once."""

    fields: dict[str, Field]
    conversions: dict[str, Callable[[Any], Any]]


_shapes: dict[type[Evidence], Shape] = {}


def _shape(kind: type[Evidence]) -> Shape:
    if kind not in _shapes:
        declared = _fields(kind)
        typed = {name: field.conversion for name, field in declared.items() if field.conversion}
        _shapes[kind] = Shape(declared, typed)
    return _shapes[kind]


def _fields(kind: type[Evidence]) -> dict[str, Field]:
    if not _is_record(kind):
        raise NotRecordable(f"{kind.__name__} is declared with @evidence: frozen, its fields by name.")
    hints = typing.get_type_hints(kind, include_extras=True)
    return {field.name: _field(kind.__name__, field.name, hints[field.name]) for field in _dataclass_fields(kind)}


def _is_record(kind: type[Evidence]) -> bool:
    """Declared itself, not only by its base; frozen, and no field by position."""
    how = vars(kind).get("__dataclass_params__")
    return bool(how and how.frozen and all(field.kw_only for field in _dataclass_fields(kind)))


def _dataclass_fields(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def _field(kind: str, name: str, hint: Any) -> Field:
    parts = typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
    kinds = [part for part in parts if part is not types.NoneType]
    field = _of_one_kind(kinds[0]) if len(kinds) == 1 else None
    if field is None:
        raise NotRecordable(
            f"{kind}.{name} must be an id, a day, a code of an enumeration, int, bool, or a list of words."
        )
    return dataclasses.replace(field, may_lack=len(kinds) < len(parts))


def _of_one_kind(hint: Any) -> Field | None:
    if hint is int or hint is bool:
        return Field(hint, number=Within() if hint is int else None)
    many = typing.get_origin(hint) is list
    word = typing.get_args(hint)[0] if many else hint
    column = list[str] if many else str
    if isinstance(word, type) and issubclass(word, str) and issubclass(word, Enum):
        return Field(column, choices=word)
    for how in getattr(word, "__metadata__", ()):
        if isinstance(how, Spelling | Among):
            return Field(column, text=how)
        if isinstance(how, Within) and word.__origin__ is int and not many:
            return Field(int, number=how)
    return None


def _checked(field: Field, kind: type[Evidence], name: str, value: Any) -> Value:
    try:
        return field.stored(value)
    except ValueError as error:
        raise NotRecordable(
            f"{kind.__name__}.{name} may not be this {type(value).__name__}: the ledger holds ids, codes, counts, days."
        ) from error
