"""Every verb there is: its policy, its evidence, its function. Matrix tests and the documentation read this."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.evidence import Evidence, columns
from commonplace.ledger.rules import Rule


@dataclass(frozen=True, slots=True)
class Declared:
    """`of`: the verbs that may write this one as their consequence. Without a `function` it has no other door."""

    verb: str
    evidence: type[Evidence]
    documentation: str
    of: tuple[str, ...] = ()
    who: Rule[Any, Any] | None = None
    brought_by: Rule[Any, Any] | None = None
    function: Callable[..., Any] | None = None
    guard: Callable[..., None] | None = None

    @property
    def name(self) -> str:
        return self.function.__name__ if self.function else ""


ACTS: dict[str, Declared] = {}


def declare(declared: Declared) -> None:
    if declared.verb in ACTS:
        raise NotRecordable(f"{declared.verb} is declared twice.")
    if not declared.documentation:
        raise NotRecordable(f"{declared.verb} needs a docstring: who, guard, effect.")
    columns(declared.evidence)
    ACTS[declared.verb] = declared
    Evidence.of_verbs[declared.verb] = declared.evidence


def consequence(
    verb: str, *, of: tuple[str, ...], evidence: type[Evidence], effect: str, brought_by: Rule[Any, Any] | None = None
) -> None:
    """A verb without a door of its own: acts of the verbs `of` write it, in `Written.also`; archives may bring it."""
    declare(Declared(verb, evidence, effect, of, brought_by=brought_by))


def doors() -> Iterator[Declared]:
    """The verbs that somebody can do."""
    return (declared for declared in ACTS.values() if declared.function)


def checked(verb: str, evidence: Evidence, of: str = "") -> Declared:
    """The verb, if this is its evidence and, as a consequence, it may follow `of`."""
    declared = ACTS.get(verb)
    if declared is None or type(evidence) is not declared.evidence:
        raise NotRecordable(f"{verb} with {type(evidence).__name__} is not declared.")
    if of and of not in declared.of:
        raise NotRecordable(f"{verb} is not declared as a consequence of {of}.")
    return declared


def evidence_columns() -> dict[str, Any]:
    """All evidence columns of all verbs -> their one type, for the lake."""
    merged: dict[str, Any] = {}
    for declared in ACTS.values():
        for name, kind in columns(declared.evidence).items():
            if merged.setdefault(name, kind) != kind:
                raise NotRecordable(f"Evidence {name} is {merged[name]} elsewhere, {kind} in {declared.verb}.")
    return dict(sorted(merged.items()))
