"""`@act`: one verb, whole. Locks, policy, guard, write, ledger rows, effects after commit; none can be skipped."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from commonplace.ledger import clock, once, registry
from commonplace.ledger.errors import NotAllowed, NotPossible, NotRecordable, Reason
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.handed import put_back
from commonplace.ledger.ids import new_id
from commonplace.ledger.locking import current, lock, subject_of
from commonplace.ledger.recording import Also, Written, community_of, record
from commonplace.ledger.rules import Rule
from commonplace.ledger.sending import Once
from commonplace.ledger.shown import must_be_meant
from commonplace.ledger.situation import UNKNOWN, Situation, situation
from commonplace.ledger.trying import tried_again

A = TypeVar("A", bound=models.Model)
T = TypeVar("T")
R = TypeVar("R", bound=models.Model)
P = ParamSpec("P")
Locks = Callable[..., Iterable[Any]]
Supposing = Callable[[Any, Any], Mapping[str, Any]]

ANYTHING = new_id()
"""Stands for what somebody will type, where a guard is asked before they do: nobody can have typed it already."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)
_under_way: ContextVar[str] = ContextVar("under_way", default="")

__all__ = [
    "ANYTHING",
    "Also",
    "Written",
    "act",
    "asked",
    "is_writing",
    "may",
    "nothing",
    "require",
    "why_not",
    "writing",
]


def act(
    verb: str,
    *,
    who: Rule[Any, Any],
    evidence: type[Evidence],
    guard: Callable[..., None] | None = None,
    locks: Locks | None = None,
    supposing: Supposing | None = None,
    of: tuple[str, ...] = (),
    brought_by: Rule[Any, Any] | None = None,
) -> Callable[[Callable[Concatenate[A, T, P], Written[R]]], Callable[Concatenate[A, T, P], R]]:
    """Make `write(actor, target, ...)` the act `verb`. `guard` and `locks` have the same parameters.

    `guard` raises NotPossible. `locks` gives the rows whose subjects are locked, the target's by default. `supposing`:
    what a form that nobody has filled in yet could bring at best (`why_not`). `of`: the verbs whose consequence it may
    also be. `brought_by`: who may bring such acts in out of an archive; nobody without.
    """

    def decorate(write: Callable[Concatenate[A, T, P], Written[R]]) -> Callable[Concatenate[A, T, P], R]:
        whole = _Whole(verb, who, guard or nothing, locks or _target, write)

        @functools.wraps(write)
        def perform(actor: A, target: T, *args: P.args, **kwargs: P.kwargs) -> R:
            _make_ready((*args, *kwargs.values()))
            return tried_again(lambda: whole.carry_out(actor, target, *args, **kwargs))

        perform.rule, perform.guard = who, guard or nothing  # type: ignore[attr-defined]
        perform.supposing = supposing or _no_more  # type: ignore[attr-defined]
        registry.declare(registry.Declared(verb, evidence, write.__doc__ or "", of, who, brought_by, write, guard))
        return cast(Callable[Concatenate[A, T, P], R], perform)

    return decorate


def _make_ready(handed: Iterable[Any]) -> None:
    """What is slow and needs no lock is done before anybody waits for it, by what is handed over to be written."""
    for one in handed:
        if isinstance(one, models.Model) and one._state.adding and hasattr(one, "make_ready"):
            one.make_ready()


class _Whole(Generic[R]):
    def __init__(
        self, verb: str, who: Rule[Any, Any], guard: Callable[..., Any], locks: Locks, write: Callable[..., Written[R]]
    ) -> None:
        self.verb, self.who, self.guard, self.locks, self.write = verb, who, guard, locks, write

    def carry_out(self, actor: Any, target: Any, *args: Any, **kwargs: Any) -> R:
        """In one transaction; what was handed over is read again under the locks, the actor too."""
        must_be_meant()
        handed = (actor, target, *args, *kwargs.values())
        with put_back(handed), transaction.atomic(), writing(), _alone(self.verb), once.afresh():
            lock(self.locks(actor, target, *args, **kwargs))
            once_sent = Once(self.verb)
            if not once_sent.claim():
                return cast(R, once_sent.before)
            actor, target = current(actor), current(target)
            args, kwargs = current(args), {name: current(value) for name, value in kwargs.items()}
            with clock.still():
                require(self.who, actor, target)
                self.guard(actor, target, *args, **kwargs)
                before = situation(actor, _community(target))
                written = self.write(actor, target, *args, **kwargs)
                record(self.verb, actor, written, _then(before, actor, written))
            once_sent.leave(written.row)
        return written.row


def may(perform: Callable[..., Any], person: Any, target: Any) -> bool:
    """Would the policy let this person try? For pages that show or hide a button; the act asks again."""
    rule: Rule[Any, Any] = perform.rule  # type: ignore[attr-defined]
    return rule.allows(person, target)


def why_not(perform: Callable[..., Any], person: Any, target: Any, **known: Any) -> Reason:
    """What the guard would answer now, whatever the person typed; empty if they can try. `known`: what is settled.

    Buttons and forms ask it, so that it is said before the work; the act asks again.
    """
    guard: Callable[..., None] = perform.guard  # type: ignore[attr-defined]
    if not _typed(guard) <= known.keys():
        known = {**perform.supposing(person, target), **known}  # type: ignore[attr-defined]
    try:
        guard(person, target, **known)
    except NotPossible as refusal:
        return refusal.reason
    return Reason()


def asked(perform: Callable[..., Any], person: Any, target: Any, **known: Any) -> Reason | None:
    """What hinders this person: nothing is offered to whom the policy keeps out (None); with "" all is."""
    return why_not(perform, person, target, **known) if may(perform, person, target) else None


def require(who: Rule[Any, Any], person: Any, target: Any) -> None:
    if not who.allows(person, target):
        raise NotAllowed(_("This is for %(who)s.") % {"who": who.words})


@contextmanager
def writing() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def _alone(verb: str) -> Iterator[None]:
    """An act calls no act: what follows from one is in its `Written.also`."""
    if other := _under_way.get():
        raise NotRecordable(f"{verb} is done within {other}: write it as its consequence.")
    token = _under_way.set(verb)
    try:
        yield
    finally:
        _under_way.reset(token)


def is_writing() -> bool:
    """Is an act under way? Outside one, no phase table is written: tests see to it."""
    return _writing.get()


def nothing(*args: Any, **kwargs: Any) -> tuple[()]:
    """As `locks`: for an act that needs no row to itself."""
    return ()


def _typed(guard: Callable[..., None]) -> set[str]:
    """The names of all that a guard asks about, besides who and what."""
    parameters = inspect.signature(guard).parameters.values()
    return {one.name for one in parameters if one.kind in (one.KEYWORD_ONLY, one.VAR_KEYWORD)}


def _no_more(actor: Any, target: Any) -> dict[str, Any]:
    """As `supposing`: for an act that takes nothing else."""
    return {}


def _target(actor: Any, target: Any, *args: Any, **kwargs: Any) -> tuple[Any]:
    return (target,)


def _community(target: Any) -> str:
    return community_of(subject_of(target))


def _then(before: Situation, actor: Any, written: Written[Any]) -> Situation:
    """As the actor stood when they acted; who only came to belong by it, as they stand then."""
    if before.newcomer is not None:
        return before
    community = _community(written.row)
    after = situation(actor, community) if community else UNKNOWN
    return after if after.newcomer is not None else before
