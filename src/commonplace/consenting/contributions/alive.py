"""What is being agreed on: the open rounds that the reader may read, those that close first, and whose turn it is."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities.alive import MOST_ALIVE, Alive, AliveRow
from commonplace.communities.dates import localtime
from commonplace.communities.models import Community
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step
from commonplace.consenting import contents
from commonplace.consenting.presenting.grouped import Row, in_rows
from commonplace.consenting.presenting.state import opposed
from commonplace.ledger import clock

SOON = timedelta(days=2)


def agreeing(person: Any, community: Community) -> list[AliveRow]:
    """One's own turn before the others."""
    rounds = contents.OPEN.rows(reader=person, community=community.pk)
    for one in rounds:
        one.community = community
    rows = sorted(in_rows(rounds), key=lambda row: not _is_mine(row))
    return [_row(row, community) for row in rows[:MOST_ALIVE]]


def _row(row: Row, community: Community) -> AliveRow:
    language = "" if row.is_list else community.language
    line = ", ".join([*([opposed(row.opposed, row.is_list)] if row.opposed else []), _time_left(row)])
    return AliveRow(row.title, row.href, language, line=line, mine=_is_mine(row))


def _is_mine(row: Row) -> bool:
    return bool(row.mine) and row.first.closes_at > clock.now()


def _time_left(row: Row) -> str:
    closes, now = row.first.closes_at, clock.now()
    if closes <= now:
        return _("closed: it ends by its rule")
    if closes - now < SOON:
        return _("closes %(when)s") % {"when": localtime(closes)}
    n = (closes - now).days
    return ngettext("%(n)s day left", "%(n)s days left", n) % {"n": n}


def _all_rounds(community: Community) -> Step:
    return Step(_("All rounds, and how they ended"), reverse("proposals", args=[community.slug]))


ALIVE = Alive("rounds", About.AGREEING, "obj", gettext_lazy("Being decided"), agreeing, _all_rounds)
