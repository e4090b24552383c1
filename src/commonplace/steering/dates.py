"""By when objectives are to be reached, and when each side judges again how far they are."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.calendar import DueDate
from commonplace.communities.contributions import MOST_COUNTED
from commonplace.communities.models import Community
from commonplace.steering.models import Card, Objective, Side
from commonplace.steering.policy import speaks_for


def due(person: Any, since: datetime, until: datetime) -> Iterator[DueDate]:
    """Of cards in force, where they belong or serve; a review for whoever judges on its side."""
    first, last = since.date(), until.date()
    for card in _in_force(person):
        yield from (one for one in (_horizon(card), *_reviews(person, card)) if first <= one.on < last)


def _in_force(person: Any) -> Iterator[Card]:
    rows = Objective.objects.visible_to(person).filter(community__in=Community.objects.of(person))
    rows = rows.select_related("community").prefetch_related("cards__signatures", "cards__judgements")
    for objective in rows.order_by("-stated_at")[:MOST_COUNTED]:
        if objective.in_force:
            yield objective.in_force


def _horizon(card: Card) -> DueDate:
    return _due(card, "horizon", _("To be reached"), card.horizon, card.written_at)


def _reviews(person: Any, card: Card) -> Iterator[DueDate]:
    """So many days after their side judged it last, or signed; not after its horizon, which is one itself."""
    for side in Side:
        last = _last(card, side)
        day = last.astimezone(card.community.zone).date() + timedelta(days=card.review_days)
        if day < card.horizon and speaks_for(side, person, card):
            yield _due(card, f"review-{side}", _("How far is it?"), day, last)


def _last(card: Card, side: Side) -> datetime:
    judged = [one.judged_at for one in card.judgements.all() if one.side == side]
    return max(judged, default=max(one.signed_at for one in card.signatures.all()))


def _due(card: Card, kind: str, what: str, day: date, since: datetime) -> DueDate:
    objective = card.objective
    uid, at = f"objective-{objective.pk}-{kind}", objective.get_absolute_url()
    return DueDate(uid, what, card.statement, day, since, at, objective.community.title)
