"""What waits in steering: a round on a card for one's word or decision, a card for a sponsor's signature."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need, Needs
from commonplace.communities.dates import localdate
from commonplace.communities.models import RoleKind
from commonplace.communities.models.footing import footings
from commonplace.communities.needs import tended_by
from commonplace.ledger.reading import READER, Reading
from commonplace.steering.models import Card, CardRound, Side
from commonplace.steering.models.round import CardRoundQuerySet
from commonplace.steering.policy import decider, sponsor


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


def undecided(person: Any) -> Iterator[Need]:
    """Rounds that this person may decide now."""
    for row in _undecided(person) if tended_by(person) else ():
        waits, at = _("Waits for your decision"), row.get_absolute_url()
        yield Need("obj", waits, row.card.statement, at, row.closes_at, language=row.community.language)


def _undecided(person: Any) -> Any:
    rounds = CardRound.objects.visible_to(person).to_be_decided().filter(decider.where(person, CardRound))
    mine = rounds.select_related("card__objective__community")
    return mine.order_by("closes_at")[:MOST_NEEDS]


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


CONTRIBUTIONS = (
    Needs("card_rounds", open_card_rounds),
    Needs("undecided_card_rounds", undecided),
    Needs("unsigned_cards", unsigned),
)
