"""Exchanges that were opened, each with how it begins."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Value
from django.db.models.functions import Concat

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.lately import Told
from commonplace.communities.saying import first_words, line_of
from commonplace.externalizing.models import Exchange, ExchangeQuerySet
from commonplace.externalizing.way_on import to_answer
from commonplace.ledger.reading import READER, Among, Place, Reading


def _opened() -> ExchangeQuerySet:
    """Not by the bare key: for the order of its index all that is newer in other communities would be walked."""
    here = Exchange.objects.visible_to(READER).newest_in(Among("communities"), BEFORE, MOST_PIECES)
    rows = (
        here.select_related("community", "opener", "course").defer("body", "html").annotate(begins=first_words("html"))
    )
    return rows.order_by(Concat("course__pk", Value("")).desc())[:MOST_PIECES]


WHY = "when the last was, is told to who reads the community"
BEFORE = Place("before", DateTimeField())
OPENED: Reading[Any] = Reading(_opened)


def last_opened() -> Told:
    return [(Exchange.objects.everywhere(WHY), "opened_at", "opener")]


def opened(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for exchange in OPENED.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "ext", exchange.in_a_word, exchange.title, exchange.get_absolute_url(), exchange.community.title,
            exchange.opener, exchange.opened_at, exchange.community.language, line_of(exchange.begins),
            to_answer(person, exchange),
        )  # fmt: skip
