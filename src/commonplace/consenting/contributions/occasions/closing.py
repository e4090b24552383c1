"""A round that closes in some days and waits for somebody's word still: they are told once more."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern, Due, Occasion, Reminder
from commonplace.consenting.contributions.occasions import whom
from commonplace.consenting.models import Eligible, Proposal, Stance

BEFORE, AFTER_OPENING = timedelta(days=3), timedelta(days=1)
WAITS = {"asked": Because(_("it waits for your word"), at_once=True)}


def _close_soon(now: datetime) -> list[Proposal]:
    """Not those that opened just now: whoever is asked has heard it."""
    rows = Proposal.objects.open().filter(closes_at__gt=now, closes_at__lte=now + BEFORE)
    rows = rows.filter(opened_at__lte=now - AFTER_OPENING).everywhere(whom.WHY)
    return list(rows.only("pk", "list", "community").order_by("list", "pk"))


def rounds(now: datetime) -> Iterator[Due]:
    for one in _close_soon(now):
        if not one.list:
            yield Due(one.community_id, one.pk, one.pk, _silent([one]))


def lists(now: datetime) -> Iterator[Due]:
    """As one, however many of its rounds wait."""
    for name, group in groupby(_close_soon(now), lambda one: one.list):
        if name:
            listed = list(group)
            yield Due(listed[0].community_id, name, name, _silent(listed))


def _silent(rounds: list[Proposal]) -> list[Concern]:
    """Whoever is asked, and has said nothing of the text as it is now, nor had it written down."""
    spoken = Stance.objects.filter(proposal=OuterRef("proposal"), person=OuterRef("person")).current()
    spoken = spoken.exclude(entered_by=None, number__lt=F("proposal__number")).everywhere(whom.WHY)
    rows = Eligible.objects.filter(~Exists(spoken), proposal__in=[one.pk for one in rounds]).everywhere(whom.WHY)
    return [Concern(person, "asked") for person in rows.order_by().values_list("person", flat=True).distinct()]


CLOSING = (
    Occasion(name="round_closes", thread="round", what=_("The round closes soon"), because=WAITS),
    Occasion(name="list_closes", thread="list", what=_("Rounds opened together close soon"), because=WAITS),
    Reminder("round_closes", rounds),
    Reminder("list_closes", lists),
)
