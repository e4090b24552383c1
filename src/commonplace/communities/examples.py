"""Charters to begin with, in plain words: each says for whom it is, and fills the numbers that a charter has."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Charter


@dataclass(frozen=True, slots=True)
class Example:
    """`quorum` None: it follows from how many take part."""

    code: str
    name: Promise
    people: Promise
    purpose: Promise
    quorum: int | None
    round_days: int
    refusal_days: int
    review_days: int
    hidden_stances: bool = False

    def rule(self) -> dict[str, Any]:
        return {
            "quorum": self.quorum,
            "round_days": self.round_days,
            "refusal_days": self.refusal_days,
            "review_days": self.review_days,
            "hidden_stances": self.hidden_stances,
            "letters_quote": False,
        }

    def charter(self) -> Charter:
        return Charter(**self.rule())


EXAMPLES = (
    Example(
        "crew", _("A shift crew of eight"),
        _("You see each other every day, and use the same week what you agree on."),
        _("What one shift finds out, the next one knows."),
        quorum=4, round_days=7, refusal_days=3, review_days=180,
    ),
    Example(
        "sites", _("A network across sites"),
        _("You seldom meet, and somebody is always away."),
        _("No site has to find out again what another one knows."),
        quorum=None, round_days=21, refusal_days=10, review_days=365,
    ),
    Example(
        "ranks", _("People of different rank"),
        _("Some lead others, and that weighs on whoever objects."),
        _("What holds is said aloud, whoever knows it."),
        quorum=None, round_days=14, refusal_days=7, review_days=365, hidden_stances=True,
    ),
)  # fmt: skip


def called(code: str) -> Example | None:
    return next((one for one in EXAMPLES if one.code == code), None)
