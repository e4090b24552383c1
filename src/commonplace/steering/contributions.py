"""What steering brings: cards to sign, and for each side the review that is due; and what happens to objectives."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.calendar import Dates
from commonplace.communities.contributions import MOST_COUNTED, Need, Needs, first_of
from commonplace.communities.models import RoleKind
from commonplace.communities.models.footing import footings
from commonplace.ledger import clock
from commonplace.steering.dates import due
from commonplace.steering.models import Card, Judgement, Side, Signature
from commonplace.steering.occasions import OCCASIONS
from commonplace.steering.policy import SPEAKS_FOR
from commonplace.steering.sponsored import PART

WHY = "a sponsor sees the cards that they sign, each side those that it judges"


def waiting(person: Any) -> Iterator[Need]:
    """One query for both."""
    rows = list(_cards(person)) if _steers(person) else []
    signed = [card for card in rows if card.is_to_be_signed]
    yield from first_of(signed, _unsigned, lambda card: card.objective.community_id, _more_unsigned)
    to_judge = [card for card in rows if card.is_in_force and _due(card)]
    yield from first_of(to_judge, _review, lambda card: card.objective.community_id, _more_reviews)


def _unsigned(card: Card) -> Need:
    return _need(card, _("Waits for your signature"), card.written_at, _("Read and sign it"), "signature")


def _more_unsigned(cards: Sequence[Card]) -> Need:
    n = len(cards)
    words = ngettext("%(n)s more waits for your signature", "%(n)s more wait for your signature", n) % {"n": n}
    return _further(cards, words, cards[0].written_at, "signature")


def _review(card: Any) -> Need:
    since = _due(card) or card.written_at
    return _need(card, _("How far is it attained?"), since, _("Judge it for your side"), "review")


def _more_reviews(cards: Sequence[Any]) -> Need:
    n = len(cards)
    words = ngettext("%(n)s more objective is to be judged", "%(n)s more objectives are to be judged", n) % {"n": n}
    return _further(cards, words, _due(cards[0]) or cards[0].written_at, "review")


def _need(card: Card, what: str, since: datetime, act: str, kind: str) -> Need:
    at, language = card.objective.get_absolute_url(), card.objective.community.language
    return Need("", what, card.statement, at, since, language=language, act=act, kind=kind)


def _further(cards: Sequence[Card], words: str, since: datetime, kind: str) -> Need:
    here = cards[0].objective.community
    at = reverse("objectives", args=[here.slug])
    return Need("", words, here.title, at, since, language=here.language, kind=kind)


def _due(card: Any) -> datetime | None:
    """Since when a side of the reader's owes its judgement: so many days after the last one, or after the card was
    signed; once more after its horizon, and then no more."""
    for side in (side for side in Side if getattr(card, f"is_{side}")):
        last = getattr(card, f"judged_by_{side}") or card.signed_at
        since: datetime = last + timedelta(days=card.review_days)
        if since <= clock.now() and last.date() < card.horizon:
            return since
    return None


def _steers(person: Any) -> bool:
    return any(one.serves_as(RoleKind.SPONSOR, RoleKind.FACILITATOR) for one in footings(person).values())


def _cards(person: Any) -> Any:
    """The newest of an objective while it waits for the sponsor; the newest that both sides have signed."""
    on_it = Signature.objects.filter(card=OuterRef("pk")).everywhere(WHY)
    newer = Card.objects.filter(objective=OuterRef("objective"), number__gt=OuterRef("number")).everywhere(WHY)
    sides = {f"signed_by_{side}": Exists(on_it.filter(side=side)) for side in Side}
    both = Q(**dict.fromkeys(sides, True))
    signed_at = Subquery(on_it.order_by("-signed_at").values("signed_at")[:1])
    rows: Any = Card.objects.annotate(**sides, **_of_sides(person), signed_at=signed_at).everywhere(WHY)
    unsigned = Q(is_sponsor=True, signed_by_sponsor=False) & ~Exists(newer)
    rows = rows.annotate(is_in_force=both & ~Exists(newer.annotate(**sides).filter(both)), is_to_be_signed=unsigned)
    waiting = rows.filter(Q(is_in_force=True) | Q(is_to_be_signed=True), Q(is_sponsor=True) | Q(is_community=True))
    return waiting.select_related("objective__community").order_by("written_at")[:MOST_COUNTED]


def _of_sides(person: Any) -> dict[str, Any]:
    """Whether this person speaks for it, and when it judged last."""
    judged = Judgement.objects.filter(card=OuterRef("pk")).everywhere(WHY).order_by("-judged_at").values("judged_at")
    columns: dict[str, Any] = {}
    for side in Side:
        mine = Card.objects.filter(SPEAKS_FOR[side].where(person, Card), pk=OuterRef("pk")).everywhere(WHY)
        columns |= {f"is_{side}": Exists(mine), f"judged_by_{side}": Subquery(judged.filter(side=side)[:1])}
    return columns


CONTRIBUTIONS = (Needs("objectives", waiting), Dates("objectives", due), PART, *OCCASIONS)
