"""For the operator: whether letters go, how many wait, which addresses take none; nothing of what they say."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages, policy
from commonplace.communities.commands import address
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.corresponding.models import Letter, StoppedAddress
from commonplace.corresponding.models.letter import WAITS, LetterKind

LOST = 20
SAMPLE = """\
COMMONPLACE_MAIL=submission://name:secret@mail.example.org:587
COMMONPLACE_MAIL_FROM="Commonplace <commonplace@example.org>"
COMMONPLACE_URL=https://commonplace.example.org
"""


def index(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    context = {
        "mail": settings.MAIL,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "address": address(),
        "sample": SAMPLE,
        "counts": list(_counts()),
        "kinds": list(_by_kind()),
        "lost": Letter.objects.exclude(ended="").only("kind", "ended", "ended_at").order_by("-ended_at", "-pk")[:LOST],
        "stopped": StoppedAddress.objects.count(),
        "page": listed(StoppedAddress.objects.only("person", "at", "why", "code"), request.GET, 50),
    }
    return render(request, "corresponding/letters/sent.jinja", context)


def _by_kind() -> Iterator[dict[str, Any]]:
    """Of those that are kept: what was sent goes after 90 days."""
    sent, waiting = Count("pk", filter=Q(sent_at__isnull=False)), Count("pk", filter=WAITS)
    rows = (
        Letter.objects.order_by("kind")
        .values("kind")
        .annotate(sent=sent, waiting=waiting, refused=Count("pk", filter=~Q(ended="")))
    )
    for row in rows:
        yield {**row, "called": LetterKind(row["kind"]).label}


def _counts() -> Iterator[tuple[str, int]]:
    yield _("Due and not sent yet"), Letter.objects.due().count()
    yield _("Refused, or given up, in 90 days"), Letter.objects.exclude(ended="").count()
