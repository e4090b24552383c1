"""What waits in steering: a card for a sponsor's signature."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need, Needs
from commonplace.communities.models import RoleKind
from commonplace.communities.models.footing import footings
from commonplace.steering.models import Card, Side
from commonplace.steering.policy import sponsor


def unsigned(person: Any) -> Iterator[Need]:
    """Cards that wait for this sponsor's signature."""
    for card in _unsigned(person) if _sponsors(person) else ():
        where = card.objective.get_absolute_url()
        language = card.objective.community.language
        yield Need("", _("Waits for your signature"), card.statement, where, card.written_at, language=language)


def _sponsors(person: Any) -> bool:
    return any(one.serves_as(RoleKind.SPONSOR) for one in footings(person).values())


def _unsigned(person: Any) -> Any:
    newer = Card.objects.filter(objective=OuterRef("objective"), number__gt=OuterRef("number"))
    newest = Card.objects.exclude(Exists(newer.everywhere("which is the newest")))
    waiting = newest.filter(sponsor.where(person, Card)).exclude(signatures__side=Side.SPONSOR)
    rows = waiting.everywhere("a sponsor sees the cards that they sign").select_related("objective__community")
    return rows.order_by("written_at")[:MOST_NEEDS]


CONTRIBUTIONS = (Needs("unsigned_cards", unsigned),)
