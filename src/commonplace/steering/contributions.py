"""Rounds on an objective's card that wait for one's word."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need, Needs
from commonplace.communities.dates import localdate
from commonplace.ledger.reading import READER, Reading
from commonplace.steering.models import CardRound
from commonplace.steering.models.round import CardRoundQuerySet


def _rounds() -> CardRoundQuerySet:
    rounds = CardRound.objects.visible_to(READER).open_for(READER).order_by("opened_at")
    return rounds.select_related("card__objective__community")[:MOST_NEEDS]


ROUNDS: Reading[CardRound] = Reading(_rounds)


def open_card_rounds(person: Any) -> Iterator[Need]:
    for row in ROUNDS.rows(reader=person):
        closes = _("closes %(when)s") % {"when": localdate(row.closes_at)}
        yield Need(
            "obj", _("Where do you stand?"), row.card.statement, row.get_absolute_url(), row.opened_at, closes,
            row.community.language,
        )  # fmt: skip


CONTRIBUTIONS = (Needs("card_rounds", open_card_rounds),)
