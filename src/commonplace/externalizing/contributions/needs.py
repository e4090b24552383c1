"""Answered exchanges wait for who opened them to say whether it helped; unanswered ones may want more words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Status
from commonplace.ledger.reading import READER, Reading


def _mine() -> ExchangeQuerySet:
    mine = Exchange.objects.visible_to(READER).unfinished().filter(course__opener=READER.pk)
    return mine.select_related("community", "course").defer("body", "html").order_by("course__pk")[:MOST_NEEDS]


MINE: Reading[Exchange] = Reading(_mine)


def own_exchanges(person: Any) -> Iterator[Need]:
    for exchange in MINE.rows(reader=person):
        if exchange.status == Status.OPEN:
            what = _("Nobody has answered yet")
        elif exchange.confirmer_is_the_opener():
            what = _("Did it help?")
        else:
            continue
        yield Need(
            "ext",
            what,
            exchange.title,
            exchange.get_absolute_url(),
            exchange.opened_at,
            language=exchange.community.language,
        )
