"""A TOML table becomes a dataclass, or an error that says where and what."""

import dataclasses
import types
import typing
from enum import Enum
from typing import Any, TypeVar

from commonplace.demo.unreadable import ScenarioError

T = TypeVar("T")
NAMED = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


def read(kind: type[T], table: Any, place: str) -> T:
    """`kind` is a dataclass of str, int, bool, enumerations, dataclasses, lists of these, or one of them or None."""
    if not isinstance(table, dict):
        raise ScenarioError(place, f"needs a table, not {table!r}")
    place = f"{place} ({table['id']})" if isinstance(table.get("id"), str) else place
    declared = dataclasses.fields(kind)  # type: ignore[arg-type]
    fields = {field.name: field for field in declared if field.name != "place"}
    _no_others(table, fields.keys(), place)
    hints = typing.get_type_hints(kind)
    values = {name: _value(hints[name], field, table, place) for name, field in fields.items()}
    return kind(**values, **({"place": place} if "place" in hints else {}))


def _no_others(table: dict[str, Any], known: Any, place: str) -> None:
    if others := [name for name in table if name not in known]:
        raise ScenarioError(place, f"does not know {', '.join(map(repr, others))}; it knows {', '.join(known)}")


def _value(hint: Any, field: Any, table: dict[str, Any], place: str) -> Any:
    if field.name in table:
        return _checked(hint, table[field.name], f"{place}, {field.name}")
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    raise ScenarioError(place, f"needs {field.name!r}")


def _checked(hint: Any, value: Any, place: str) -> Any:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is list:
        return _each(typing.get_args(hint)[0], value, place)
    if dataclasses.is_dataclass(hint):
        return read(typing.cast(type, hint), value, place)
    if issubclass(hint, Enum):
        return _choice(hint, value, place)
    if type(value) is not hint:
        raise ScenarioError(place, f"is {value!r}, not {NAMED[hint]}")
    return value.strip() if isinstance(value, str) else value


def _each(hint: Any, values: Any, place: str) -> list[Any]:
    if not isinstance(values, list):
        raise ScenarioError(place, f"is {values!r}, not a list")
    return [_checked(hint, value, f"{place} {number}") for number, value in enumerate(values, 1)]


def _choice(hint: type[Enum], value: Any, place: str) -> Any:
    known = {member.value: member for member in hint}
    if value not in known:
        raise ScenarioError(place, f"is {value!r}, not one of {', '.join(map(str, known))}")
    return known[value]
