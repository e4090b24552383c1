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
from commonplace.externalizing.models import Confirmation, Exchange, ExchangeLink, LinkKind, Status
from commonplace.ledger.reading import READER, settled
from commonplace.objectifying.models import Source

WHY = "whoever facilitates is told what is worth writing down"
TAKEN_UP, ASKED_AGAIN = -1, -2


def ripe() -> Any:
    """As rows of need; `practice` is the exchange, `number` why it is ripe, or how much was said."""
    confirmed = Confirmation.objects.filter(exchange=OuterRef("pk")).exclude(response__author=F("person"))
    others = confirmed.exclude(person=OuterRef("opener")).everywhere(WHY)
    again = ExchangeLink.objects.filter(other=OuterRef("pk"), kind=LinkKind.DUPLICATE).everywhere(WHY)
    made = Source.objects.filter(exchange=OuterRef("pk")).everywhere(WHY)
    since = confirmed.everywhere(WHY).order_by("confirmed_at").values("confirmed_at")[:1]
    here = Exchange.objects.visible_to(READER).filter(course__community__in=settled(READER, tended_by))
    here = here.filter(course__status=Status.RESOLVED, course__over__in=[True], origin="").exclude(Exists(made))
    size = F("course__answers") + F("course__comments")
    number = Case(
        When(Exists(others), then=Value(TAKEN_UP)), When(Exists(again), then=Value(ASKED_AGAIN)),
        When(responded__gte=settings.RIPE_RESPONSES, then=F("responded")), output_field=IntegerField(),
    )  # fmt: skip
    rows = here.annotate(responded=size).annotate(n=number, since=Subquery(since)).filter(n__isnull=False)
    rows = rows.exclude(since=None).order_by().annotate(rank=Value(1), need=Value("ripe"), until=F("since"))
    about = ("pk", "title", "community__slug", "community__title")
    return rows.values_list("rank", "need", "pk", *about, "n", "since", "until", "community__language")


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
