"""Exchanges that are ripe to write down: it helped, no practice was made of them, and somebody had taken it up, it was
asked again, or much was said. For whoever facilitates."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import Need
from commonplace.communities.needs import tended_by
from commonplace.communities.newest import since
from commonplace.externalizing.models import Confirmation, Exchange, ExchangeCourse, ExchangeLink, LinkKind, Status
from commonplace.externalizing.models.course import OVER
from commonplace.ledger.reading import READER, Among
from commonplace.objectifying.models import Source

WHY = "whoever facilitates is told what is worth writing down"
TAKEN_UP, ASKED_AGAIN = -1, -2
RECENT = 200
"""So many are looked at: what helped longer ago was not worth it, or is found when it is asked again."""


def ripe() -> Any:
    """As rows of need; `practice` is the exchange, `number` why it is ripe, or how much was said."""
    confirmed = Confirmation.objects.filter(exchange=OuterRef("pk")).exclude(response__author=F("person"))
    others = confirmed.exclude(person=OuterRef("opener")).everywhere(WHY)
    again = ExchangeLink.objects.filter(other=OuterRef("pk"), kind=LinkKind.DUPLICATE).everywhere(WHY)
    made = Source.objects.filter(exchange=OuterRef("pk")).everywhere(WHY)
    first = confirmed.everywhere(WHY).order_by("confirmed_at").values("confirmed_at")[:1]
    here = Exchange.objects.visible_to(READER).filter(pk__in=_lately_helped(), origin="").exclude(Exists(made))
    size = F("course__answers") + F("course__comments")
    number = Case(
        When(Exists(others), then=Value(TAKEN_UP)), When(Exists(again), then=Value(ASKED_AGAIN)),
        When(responded__gte=settings.RIPE_RESPONSES, then=F("responded")), output_field=IntegerField(),
    )  # fmt: skip
    rows = here.annotate(responded=size).annotate(n=number, since=Subquery(first)).filter(n__isnull=False)
    rows = rows.exclude(since=None).order_by().annotate(rank=Value(1), need=Value("ripe"), until=F("since"))
    about = ("pk", "title", "community__slug", "community__title")
    return rows.values_list("rank", "need", "pk", *about, "n", "since", "until", "community__language")


def _lately_helped() -> Any:
    """Of what was resolved where the reader facilitates, not many more than the RECENT newest: by the index of courses,
    for most readers facilitate nowhere."""
    helped = ExchangeCourse.objects.filter(status=Status.RESOLVED, over__in=OVER).everywhere(WHY)
    tended = Among(READER.name, settle=tended_by)
    newest = helped.filter(community__in=tended, pk__gte=since(tended, helped, "pk", Value(""), RECENT))
    return newest.order_by().values("pk")


def to_write_down(row: Any) -> Need:
    at = f"{reverse('distil', args=[row.slug])}?exchange={row.practice}"
    what, act = _("Ripe to write down"), _("Write it down")
    return Need("obj", what, row.title, at, row.since, _reason(row.number), row.language, act=act)


def _reason(number: int) -> str:
    if number == TAKEN_UP:
        return _("it helped somebody who took it up")
    if number == ASKED_AGAIN:
        return _("it was asked again")
    words = ngettext("it helped, and %(n)s response was written", "it helped, and %(n)s responses were written", number)
    return words % {"n": number}
