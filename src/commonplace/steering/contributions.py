"""What steering brings: a card that waits for a sponsor's signature, and what happens to objectives."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, Needs, first_of
from commonplace.communities.models import RoleKind
from commonplace.communities.models.footing import footings
from commonplace.steering.models import Card, Side
from commonplace.steering.occasions import OCCASIONS
from commonplace.steering.policy import sponsor


def unsigned(person: Any) -> Iterator[Need]:
    """Cards that wait for this sponsor's signature."""
    rows = list(_unsigned(person)) if _sponsors(person) else []
    return first_of(rows, _need, lambda card: card.objective.community_id, _further)


def _need(card: Card) -> Need:
    where, language = card.objective.get_absolute_url(), card.objective.community.language
    return Need("", _("Waits for your signature"), card.statement, where, card.written_at, language=language)


def _further(cards: Sequence[Card]) -> Need:
    here, n = cards[0].objective.community, len(cards)
    words = ngettext("%(n)s more waits for your signature", "%(n)s more wait for your signature", n) % {"n": n}
    at = reverse("objectives", args=[here.slug])
    return Need("", words, here.title, at, cards[0].written_at, language=here.language)


def _sponsors(person: Any) -> bool:
    return any(one.serves_as(RoleKind.SPONSOR) for one in footings(person).values())


def _unsigned(person: Any) -> Any:
    newer = Card.objects.filter(objective=OuterRef("objective"), number__gt=OuterRef("number"))
    newest = Card.objects.exclude(Exists(newer.everywhere("which is the newest")))
    waiting = newest.filter(sponsor.where(person, Card)).exclude(signatures__side=Side.SPONSOR)
    rows = waiting.everywhere("a sponsor sees the cards that they sign").select_related("objective__community")
    return rows.order_by("written_at")[:MOST_COUNTED]


CONTRIBUTIONS = (Needs("unsigned_cards", unsigned), *OCCASIONS)
