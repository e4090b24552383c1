"""Typed evidence: what metrics, guards and replay may read of an act. Ids, codes and counts; never free text."""

import dataclasses
import types
import typing
from typing import Any, ClassVar

from commonplace.ledger.errors import NotRecordable

CODE_LENGTH = 200
Value = str | int | bool | list[str] | None
COLUMN_TYPES: tuple[Any, ...] = (str, int, bool, list[str])


class Evidence:
    """Base of the frozen dataclasses that verbs declare; raise `version` when the meaning of a field changes."""

    version: ClassVar[int] = 1

    def as_json(self) -> dict[str, Value]:
        return {name: self._checked(name) for name in columns(type(self))}

    def _checked(self, name: str) -> Value:
        value: Value = getattr(self, name)
        texts = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        if any(len(text) > CODE_LENGTH or "\n" in text for text in texts):
            raise NotRecordable(
                f"{type(self).__name__}.{name} looks like free text; the ledger holds ids, codes and counts."
            )
        return value


def columns(kind: type[Evidence]) -> dict[str, Any]:
    """Column -> str, int, bool or list[str], as the lake spells it."""
    hints = typing.get_type_hints(kind)
    fields: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    return {field.name: _column_type(kind, field.name, hints[field.name]) for field in fields}


def _column_type(kind: type[Evidence], name: str, hint: Any) -> Any:
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    if hint in COLUMN_TYPES:
        return hint
    raise NotRecordable(f"{kind.__name__}.{name} must be str, int, bool or list[str].")


@dataclasses.dataclass(frozen=True, slots=True)
class Nothing(Evidence):
    """For verbs that say all by happening."""
