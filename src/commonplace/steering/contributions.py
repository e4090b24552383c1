"""Rounds on an objective's card that wait for one's word."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import Need, Needs
from commonplace.communities.dates import localdate
from commonplace.steering.models import CardRound


def open_card_rounds(person: Any, most: int) -> Iterator[Need]:
    rounds = CardRound.objects.visible_to(person).open_for(person).order_by("opened_at")
    for row in rounds.select_related("card__objective__community")[:most]:
        closes = _("closes %(when)s") % {"when": localdate(row.closes_at)}
        yield Need("obj", _("Where do you stand?"), row.card.statement, row.get_absolute_url(), row.opened_at, closes)


CONTRIBUTIONS = (Needs("card_rounds", open_card_rounds),)
