"""What measuring brings to the pages of several phases: that figures were read without protection; beside the title of
a community its ring, small."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, Value
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import MOST_PIECES, News, Panels, Piece
from commonplace.communities.dates import duration, localday
from commonplace.communities.lately import Told
from commonplace.communities.models import Community
from commonplace.communities.newest import since
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL
from commonplace.measuring.cycle.beside import on_community
from commonplace.measuring.models import Opening
from commonplace.measuring.models.opening import OpeningQuerySet


def _openings() -> OpeningQuerySet:
    communities, before = Among("communities"), Place("before", DateTimeField())
    past = Opening.objects.everywhere("where the newest begin").filter(opened_at__lt=before)
    first = since(communities, past, "opened_at", Value(BEFORE_ALL), MOST_PIECES)
    here = {"community__in": communities, "opened_at__lt": before, "opened_at__gte": first}
    newest = Opening.objects.visible_to(READER).filter(**here).order_by("-opened_at", "-pk")
    return newest.select_related("community", "person")[:MOST_PIECES]


OPENINGS: Reading[Opening] = Reading(_openings)


def last_opened() -> Told:
    return [(Opening.objects.everywhere("when the last was"), "opened_at", "person")]


def opened(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for one in OPENINGS.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "none", _("read figures without protection"), _of(one),
            reverse("cycle", args=[one.community.slug]), one.community.title, one.person, one.opened_at,
        )  # fmt: skip


def _of(one: Opening) -> str:
    """Of which time."""
    until = localday(one.until)
    if not one.days:
        return gettext("All figures since the beginning, until %(until)s") % {"until": until}
    return gettext("Figures of %(days)s until %(until)s") % {"days": _length(one.days), "until": until}


def _length(days: int) -> str:
    """Whole weeks as weeks."""
    weeks, rest = divmod(days, 7)
    if rest:
        return duration(timedelta(days=days).total_seconds())
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}


CONTRIBUTIONS = (News("openings", opened, last_opened), Panels("ring_of_a_community", Community, on_community))
