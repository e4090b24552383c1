"""The same form sent twice is done once: each act leaves what it made under the form's key, in its own transaction.

Pressed twice, loaded again, gone back and sent again: the later act gives what the first one made. Other words are
another form, so a page that was gone back to and written anew is sent. Sent before is only what was sent last under
its mark: whoever changes their mind twice on one page has changed it twice.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import models, transaction

from commonplace.ledger.models import Mark, Sending

LONGEST = 400
M = TypeVar("M", bound=models.Model)


class InHand:
    """A form that is being answered. What it does is numbered, so that each part of it finds its own again."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.done: Counter[str] = Counter()

    def leads_to(self) -> str:
        """Where it led when it was sent before; nothing if it was not, or if it led nowhere."""
        before = Sending.objects.filter(pk=self._answer()).first()
        return before.made if before else ""

    def led_to(self, address: str) -> None:
        """If it did something, and that is a page of ours."""
        if self.done and address.startswith("/") and len(address) <= LONGEST:
            Sending.objects.get_or_create(pk=self._answer(), defaults={"made": address})

    def _answer(self) -> str:
        return hashlib.sha256(f"{self.key} answer".encode()).hexdigest()

    def key_of(self, what: str) -> str:
        """Of the one that is due: the first, until it is done."""
        return hashlib.sha256(f"{self.key} {what} {self.done[what]}".encode()).hexdigest()


_in_hand: ContextVar[InHand | None] = ContextVar("in_hand", default=None)


@contextmanager
def sending(mark: str, *words: str) -> Iterator[InHand]:
    """Within this block the form of this mark and these words is answered."""
    key = _digest(mark, *words)
    with _held(InHand(f"{key} {Mark.objects.turn(_digest(mark), key)}")) as form:
        yield form


@contextmanager
def part(name: str) -> Iterator[None]:
    """One of the many things that a form asks for finds its own again, whatever became of the others."""
    form = _in_hand.get()
    if form is None:
        yield
        return
    with _held(InHand(_digest(form.key, name))) as own:
        yield
    form.done.update(own.done)


@contextmanager
def _held(form: InHand) -> Iterator[InHand]:
    token = _in_hand.set(form)
    try:
        yield form
    finally:
        _in_hand.reset(token)


def is_done() -> bool:
    """Has the form in hand done something?"""
    form = _in_hand.get()
    return form is not None and bool(form.done)


def next_key(what: str) -> str | None:
    """The same whenever the form is sent, another for each time that it is asked; None where no form is answered."""
    form = _in_hand.get()
    if form is None:
        return None
    key = form.key_of(what)
    form.done[what] += 1
    return key


class Once:
    """One act of the form in hand. `before`: what it made already."""

    def __init__(self, verb: str) -> None:
        self.verb, self.form = verb, _in_hand.get()
        self.row: Sending | None = None
        self.before: Any = None

    def claim(self) -> bool:
        """Is it ours to do? Whoever comes while another is at it waits here for what becomes of it."""
        if self.form is None:
            return True
        self.row, is_new = Sending.objects.get_or_create(pk=self.form.key_of(self.verb))
        if not is_new:
            self.before = self.row.what()
            self.form.done[self.verb] += 1
        return is_new or self.before is None

    def leave(self, made: models.Model) -> None:
        if self.form and self.row:
            self.row.model, self.row.made = made._meta.label_lower, str(made.pk)
            self.row.save()
            self.form.done[self.verb] += 1


def made_once(what: str, make: Callable[[], M]) -> M:
    """Of what is no act, and takes too long to be made in a transaction: the form sent again has the first, while it is
    there. Of two that are made at one moment the first that is ready is kept."""
    form = _in_hand.get()
    if form is None:
        return make()
    key = form.key_of(what)
    made = _left(key) or make()
    with transaction.atomic():
        row, _is_new = Sending.objects.select_for_update().get_or_create(pk=key)
        first = row.what()
        if first is None:
            row.model, row.made = made._meta.label_lower, str(made.pk)
            row.save()
        elif first != made:
            made.delete()
    return cast(M, first or made)


def _left(key: str) -> Any:
    row = Sending.objects.filter(pk=key).first()
    return row.what() if row else None


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()
