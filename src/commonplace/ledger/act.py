"""`@act`: one verb, whole. Policy, lock, guard, write, ledger row, effects after commit; none can be skipped."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from commonplace.ledger import clock, effects, registry
from commonplace.ledger.errors import NotAllowed, NotRecordable
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act
from commonplace.ledger.rules import Rule

A = TypeVar("A", bound=models.Model)
T = TypeVar("T")
R = TypeVar("R", bound=models.Model)
P = ParamSpec("P")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@dataclass(frozen=True, slots=True)
class Written(Generic[R]):
    """What an act's body gives back: the row it wrote and the evidence for the ledger."""

    row: R
    evidence: Evidence


def act(
    verb: str, *, who: Rule, evidence: type[Evidence], guard: Callable[..., None] | None = None
) -> Callable[[Callable[Concatenate[A, T, P], Written[R]]], Callable[Concatenate[A, T, P], R]]:
    """Make `write(actor, target, ...)` the act `verb`. `guard` has the same parameters and raises NotPossible."""

    def decorate(write: Callable[Concatenate[A, T, P], Written[R]]) -> Callable[Concatenate[A, T, P], R]:
        @functools.wraps(write)
        def perform(actor: A, target: T, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic(), writing():
                target = _locked(target)
                _allow(who, actor, target)
                if guard:
                    guard(actor, target, *args, **kwargs)
                written = write(actor, target, *args, **kwargs)
                _record(verb, actor, written)
            return written.row

        registry.declare(registry.Declared(verb, write.__name__, who, evidence, write))
        perform.rule = who  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[A, T, P], R], perform)

    return decorate


def may(perform: Callable[..., Any], person: Any, target: Any) -> bool:
    """Would the policy let this person try? For pages that show or hide a button; the act asks again."""
    rule: Rule = perform.rule  # type: ignore[attr-defined]
    return rule.allows(person, target)


@contextmanager
def writing() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Is an act under way? Outside one, no phase table is written: tests see to it."""
    return _writing.get()


def subject_of(row: Any) -> Any:
    """The exchange or practice (or community, objective) that a row belongs to: what is locked and what the ledger names."""
    return getattr(row, "subject", row)


def _locked(target: Any) -> Any:
    """The target, read again under the lock of its subject; a child alone would let two acts pass each other."""
    subject = subject_of(target)
    if subject is None or subject._state.adding:
        return target
    locked = subject._meta.model._base_manager.select_for_update().get(pk=subject.pk)
    return locked if subject is target else target._meta.model._base_manager.get(pk=target.pk)


def _allow(who: Rule, actor: models.Model, target: Any) -> None:
    if not who.allows(actor, target):
        raise NotAllowed(_("This is for %(who)s.") % {"who": who.said})


def _record(verb: str, actor: models.Model, written: Written[Any]) -> None:
    declared = registry.ACTS[verb]
    if type(written.evidence) is not declared.evidence:
        raise NotRecordable(f"{verb} declares {declared.evidence.__name__}, not {type(written.evidence).__name__}.")
    subject = subject_of(written.row)
    recorded = Act.objects.create(
        verb=verb,
        actor=actor.pk,
        recorded_by=actor.pk,
        object=written.row.pk,
        subject=subject.pk,
        community=community_of(subject),
        evidence=written.evidence.as_json(),
        version=written.evidence.version,
        happened_at=clock.now(),
        recorded_at=clock.wall(),
    )
    effects.owe([recorded])


def community_of(subject: Any) -> str:
    return str(getattr(subject, "community_id", "") or "")
