"""Answered exchanges wait for who opened them to say whether it helped; unanswered ones may want more words, and who
facilitates is told of them."""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.communities.needs import tended_by
from commonplace.externalizing.models import Exchange, ExchangeCourse, ExchangeQuerySet, Status
from commonplace.externalizing.models.course import NOT_YET
from commonplace.externalizing.models.exchange import WAITING_LONG
from commonplace.externalizing.way_on import to_answer
from commonplace.ledger.reading import READER, Reading, settled


def _waiting() -> ExchangeQuerySet:
    """One's own, and those of others that wait where the reader facilitates."""
    seen = Exchange.objects.visible_to(READER)
    mine = seen.unfinished().filter(course__opener=READER.pk).order_by()
    others = seen.waiting_long(READER).filter(pk__in=_open_here()).order_by()
    rows = seen.filter(pk__in=mine.values("pk").union(others.values("pk")))
    rows = rows.select_related("community", "course").defer("body", "html")
    return rows.order_by("course__pk")[:MOST_COUNTED]


def _open_here() -> Any:
    """By the index of courses, which no community has many of; most readers facilitate nowhere."""
    here = ExchangeCourse.objects.filter(community__in=settled(READER, tended_by), status=Status.OPEN, over__in=NOT_YET)
    return here.everywhere("who facilitates is told what waits").order_by().values("pk")


WAITING: Reading[Exchange] = Reading(_waiting)


def unanswered(person: Any) -> Iterator[Need]:
    """One's own, and others' where this person facilitates."""
    rows = WAITING.rows(reader=person)
    mine = [row for row in rows if _is_mine(row, person)]
    yield from first_of(mine, _need, attrgetter("status", "community_id"), _further)
    others = [row for row in rows if not _is_mine(row, person)]
    yield from first_of(
        others, partial(_to_answer, person), attrgetter("community_id"), _all_to_answer, lambda row: True
    )


def _is_mine(row: Exchange, person: Any) -> bool:
    return row.course.opener_id == str(person.pk)


def _need(exchange: Exchange) -> Need:
    what = _("Nobody has answered yet") if exchange.status == Status.OPEN else _("Did it help?")
    at, spoken = exchange.get_absolute_url(), exchange.community.language
    return Need("ext", what, exchange.title, at, exchange.opened_at, language=spoken, kind=exchange.status)


def _to_answer(person: Any, exchange: Exchange) -> Need:
    what, at, spoken = _("Nobody has answered this"), exchange.get_absolute_url(), exchange.community.language
    ways: dict[str, Any] = {"act": _("Answer, or ask others"), "step": to_answer(person, exchange)}
    return Need("ext", what, exchange.title, at, exchange.opened_at, language=spoken, **ways)


def _all_to_answer(rows: Sequence[Exchange]) -> Need:
    here, n = rows[0].community, len(rows)
    words = ngettext("%(n)s exchange waits for an answer", "%(n)s exchanges wait for an answer", n) % {"n": n}
    at = f"{reverse('exchanges', args=[here.slug])}?status={WAITING_LONG}"
    return Need("ext", words, here.title, at, rows[0].opened_at, language=here.language, act=_("See them"))


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
