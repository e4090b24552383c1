"""Rounds on what has no news of its own, decided: the rule of a community, a recall, a removal, a card."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.lately import Told
from commonplace.consenting.kinds import Outcome
from commonplace.consenting.matter import kinds_told
from commonplace.consenting.models import Proposal
from commonplace.ledger.reading import READER, Among, Place, Reading


def _decided() -> Any:
    rows = Proposal.objects.visible_to(READER).filter(
        community__in=Among("communities"),
        matter__in=kinds_told(),
        decided_at__isnull=False,
        decided_at__lt=Place("before", DateTimeField()),
    )
    return rows.exclude(outcome=Outcome.WITHDRAWN).select_related("community").order_by("-decided_at")[:MOST_PIECES]


DECIDED: Reading[Proposal] = Reading(_decided)


def last_decided() -> Told:
    """Of each kind by itself, as the index has them."""
    over = Proposal.objects.everywhere("when the last was").exclude(outcome=Outcome.WITHDRAWN)
    return [(over.filter(matter=kind), "decided_at", "") for kind in kinds_told()]


def decided(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for row in DECIDED.rows(reader=person, communities=communities, before=before):
        assert row.decided_at
        here = row.community
        yield Piece(
            "obj", row.ended, row.title, row.get_absolute_url(), here.title, None, row.decided_at, here.language
        )
