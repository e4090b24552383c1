"""What was used lately, and how it went: as many reports as the pages of the practices show, and nobody's name."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import DateTimeField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonplace.communities.alive import Alive, AliveRow
from commonplace.communities.models import Community
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step
from commonplace.internalizing.models import Application
from commonplace.internalizing.models.application import ApplicationQuerySet
from commonplace.ledger.reading import NOW, READER, Place, Reading

LATELY, MOST_LOOKED_AT = timedelta(days=30), 100
SINCE = Place(NOW.name, DateTimeField(), settle=lambda now: now - LATELY)


def _reports() -> ApplicationQuerySet:
    """The newest: of more, lately is since the last of them."""
    here = Application.objects.visible_to(READER).filter(community=Place("community"), reported_at__gt=SINCE)
    shown = ("outcome", "reported_at", "practice__title", "practice__community__slug")
    rows = here.select_related("practice__community").only(*shown)
    return rows.order_by("-reported_at", "-pk")[:MOST_LOOKED_AT]


REPORTS: Reading[Application] = Reading(_reports)


def used(person: Any, community: Community) -> list[AliveRow]:
    """What was used last is first."""
    newest = REPORTS.rows(reader=person, community=community.pk)
    order = list(dict.fromkeys(one.practice_id for one in newest))
    by_practice = sorted(newest, key=lambda one: order.index(one.practice_id))
    return list(_rows(groupby(by_practice, attrgetter("practice_id")), community))


def _rows(groups: Iterable[tuple[str, Iterable[Application]]], community: Community) -> Iterator[AliveRow]:
    for _pk, reports in groups:
        several = list(reports)
        practice = several[0].practice
        line = how_it_went(len(several), sum(one.has_failed() for one in several))
        yield AliveRow(practice.title, practice.get_absolute_url(), community.language, line=line)


def how_it_went(times: int, failed: int) -> str:
    """In a few words, of reports that there are."""
    used_so = _("once") if times == 1 else ngettext("%(n)s time", "%(n)s times", times) % {"n": times}
    if not failed:
        return _("%(times)s, it worked") % {"times": used_so}
    if failed == times:
        return _("%(times)s, it failed") % {"times": used_so}
    went = _("once it failed") if failed == 1 else _failed(failed)
    return _("%(times)s, %(failed)s") % {"times": used_so, "failed": went}


def _failed(n: int) -> str:
    return ngettext("%(n)s time it failed", "%(n)s times it failed", n) % {"n": n}


def _most_used(community: Community) -> Step:
    return Step(_("What is used most"), f"{reverse('practices', args=[community.slug])}?most-used")


ALIVE = Alive("used", About.USED, "int", gettext_lazy("Used lately"), used, _most_used)
