"""Answered exchanges wait for who opened them to say whether it helped; unanswered ones may want more words."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.externalizing.models import Exchange, ExchangeQuerySet, Status
from commonplace.ledger.reading import READER, Reading


def _mine() -> ExchangeQuerySet:
    mine = Exchange.objects.visible_to(READER).unfinished().filter(course__opener=READER.pk)
    return mine.select_related("community", "course").defer("body", "html").order_by("course__pk")[:MOST_COUNTED]


MINE: Reading[Exchange] = Reading(_mine)


def own_exchanges(person: Any) -> Iterator[Need]:
    rows = [row for row in MINE.rows(reader=person) if row.status == Status.OPEN or row.confirmer_is_the_opener()]
    return first_of(rows, _need, attrgetter("status", "community_id"), _further)


def _need(exchange: Exchange) -> Need:
    what = _("Nobody has answered yet") if exchange.status == Status.OPEN else _("Did it help?")
    spoken = exchange.community.language
    return Need("ext", what, exchange.title, exchange.get_absolute_url(), exchange.opened_at, language=spoken)


def _further(rows: Sequence[Exchange]) -> Need:
    first, n = rows[0], len(rows)
    if first.status == Status.OPEN:
        words = ngettext("%(n)s more of yours is unanswered", "%(n)s more of yours are unanswered", n)
    else:
        words = ngettext(
            "%(n)s more of yours is answered: did it help?", "%(n)s more of yours are answered: did it help?", n
        )
    here = first.community
    at = f"{reverse('exchanges', args=[here.slug])}?status={first.status}"
    return Need("ext", words % {"n": n}, here.title, at, first.opened_at, language=here.language)
