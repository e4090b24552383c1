"""How an objective stands for a reader: where each side sees it, when it looked, what is due, and whose turn it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.models import footing
from commonplace.ledger import clock
from commonplace.steering.models import LEVELS, Card, Judgement, Objective, Side
from commonplace.steering.policy import speaks_for

WITH_CARDS = ("cards__signatures", "cards__judgements")
YOU = "you"
ALONE = {
    Side.SPONSOR: gettext_lazy("the sponsor sees it here"),
    Side.COMMUNITY: gettext_lazy("the community sees it here"),
    YOU: gettext_lazy("you see it here"),
}
TOGETHER = {
    Side.SPONSOR: gettext_lazy("sponsor and community see it here"),
    YOU: gettext_lazy("you and the community see it here"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One side's last look at a card. `who` is the side, or the reader if it was their own; `level` None: none yet."""

    side: Side
    who: str
    level: int | None
    at: datetime | None
    due: datetime | None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due <= clock.now()

    @property
    def words(self) -> str:
        return str(LEVELS[self.level]) if self.level is not None else _("not said yet")


@dataclass(frozen=True)
class Standing:
    """Of the card in force, or of the first one while none is."""

    objective: Objective
    reader: Any

    @cached_property
    def card(self) -> Card:
        return self.objective.in_force or self.objective.latest

    @cached_property
    def looks(self) -> Sequence[Look]:
        """Of both sides; nobody judges a card before both have signed it."""
        return [_look(self.card, side, self.reader) for side in Side] if self.card.is_signed else ()

    @property
    def marks(self) -> Mapping[int, str]:
        """By the level at which it is seen, who sees it there."""
        at: dict[int, list[str]] = defaultdict(list)
        for look in self.looks:
            if look.level is not None:
                at[look.level].append(look.who)
        return {level: str(TOGETHER[who[0]] if len(who) == 2 else ALONE[who[0]]) for level, who in at.items()}

    @property
    def verdict(self) -> str:
        levels = [look.level for look in self.looks]
        if None in levels:
            return _("Neither side has said yet how far it is.") if set(levels) == {None} else self._apart
        if len(set(levels)) == 1 and self.looks:
            return _("%(level)s: both sides see it so.") % {"level": self.looks[0].words.capitalize()}
        return self._apart

    @property
    def _apart(self) -> str:
        """Each side by itself: the two are never averaged."""
        sentence = _("%(side)s: %(level)s.")
        return " ".join(sentence % {"side": look.side.label, "level": look.words} for look in self.looks)

    @property
    def turn(self) -> str:
        """Of the newest card while it is not signed: who is to sign it."""
        newest = self.objective.latest
        if newest.is_signed:
            return ""
        is_mine = speaks_for(Side.SPONSOR, self.reader, newest) and is_outside(self.reader, newest)
        if Side.SPONSOR in newest.sides:
            return _("The community’s turn: the sponsor has signed, and it has still to consent.")
        if Side.COMMUNITY in newest.sides:
            words = _("Your turn: the community has consented. It holds once you sign.")
            return words if is_mine else _("The sponsor’s turn: the community has consented.")
        words = _("Your turn to sign, and the community’s to consent.")
        return words if is_mine else _("The sponsor’s turn to sign, and the community’s to consent.")


def standings(objectives: Any, reader: Any) -> list[Standing]:
    """Of a queryset of objectives, which says who reads."""
    rows = objectives.select_related("community").prefetch_related(*WITH_CARDS)
    return [Standing(objective, reader) for objective in rows]


def is_outside(reader: Any, row: Any) -> bool:
    return not footing(reader, row.community).is_member


def _look(card: Card, side: Side, reader: Any) -> Look:
    last = _last(card, side)
    is_own = last is not None and last.person_id == reader.pk and side == Side.SPONSOR
    level, at = (last.level, last.judged_at) if last else (None, None)
    return Look(side, YOU if is_own else side, level, at, _due(card, at))


def _last(card: Card, side: Side) -> Judgement | None:
    own = (judgement for judgement in card.judgements.all() if judgement.side == side)
    return max(own, key=lambda judgement: judgement.judged_at, default=None)


def _due(card: Card, judged_at: datetime | None) -> datetime | None:
    """So many days after the last look, or after the card was signed; once more after its horizon, and then no more."""
    last = judged_at or max(signature.signed_at for signature in card.signatures.all())
    return last + timedelta(days=card.review_days) if last.date() < card.horizon else None
