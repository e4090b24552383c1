"""Every verb there is: its policy, its evidence, its function. Matrix tests and the documentation read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.evidence import Evidence, columns
from commonplace.ledger.rules import Rule


@dataclass(frozen=True, slots=True)
class Declared:
    verb: str
    name: str
    who: Rule
    evidence: type[Evidence]
    function: Callable[..., Any]

    @property
    def documentation(self) -> str:
        return self.function.__doc__ or ""


ACTS: dict[str, Declared] = {}


def declare(declared: Declared) -> None:
    if declared.verb in ACTS:
        raise NotRecordable(f"{declared.verb} is declared twice.")
    if not declared.documentation:
        raise NotRecordable(f"{declared.name} needs a docstring: who, guard, effect.")
    ACTS[declared.verb] = declared


def evidence_columns() -> dict[str, Any]:
    """All evidence columns of all verbs -> their one type, for the lake."""
    found: dict[str, Any] = {}
    for declared in ACTS.values():
        for name, kind in columns(declared.evidence).items():
            if found.setdefault(name, kind) is not kind and found[name] != kind:
                raise NotRecordable(f"Evidence {name} is {found[name]} elsewhere, {kind} in {declared.verb}.")
    return dict(sorted(found.items()))
