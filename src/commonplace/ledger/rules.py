"""Who may: a sentence for people, and the test behind it. Policies of every package are made of these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Rule:
    """`allows(person, target)`; `who` completes the sentence "This is for ..."."""

    who: str
    allows: Callable[[Any, Any], bool]
    either: tuple[Rule, ...] = ()

    @property
    def said(self) -> str:
        """`who` in the reader's language; of two rules, each by itself."""
        return _(", or ").join(rule.said for rule in self.either) or _(self.who)

    def __or__(self, other: Rule) -> Rule:
        return Rule(
            f"{self.who}, or {other.who}",
            lambda person, target: self.allows(person, target) or other.allows(person, target),
            (self, other),
        )
