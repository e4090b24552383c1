"""Rounds that close, for whoever is asked in them: also who has spoken may say otherwise until then."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef
from django.utils.translation import gettext as _

from commonplace.communities.calendar import DueDate
from commonplace.communities.contributions import MOST_COUNTED
from commonplace.consenting.models import Eligible, Proposal
from commonplace.ledger.reading import READER, Place, Reading

WHY = "who is asked something is shown until when"


def closing(person: Any, since: datetime, until: datetime) -> Iterator[DueDate]:
    for row in CLOSING.rows(reader=person, since=since, until=until):
        at, here = row.get_absolute_url(), row.community.title
        yield DueDate(f"round-{row.pk}", _("A round closes"), row.title, row.closes_at, row.opened_at, at, here)


def _closing() -> Any:
    asked = Eligible.objects.filter(proposal=OuterRef("pk"), person=READER.pk).everywhere(WHY)
    rows = Proposal.objects.visible_to(READER).open().filter(Exists(asked))
    soon = rows.filter(
        closes_at__gte=Place("since", DateTimeField()), closes_at__lt=Place("until", DateTimeField())
    )  # fmt: skip
    here = soon.select_related("community").order_by("closes_at", "pk")
    return here.only("title", "closes_at", "opened_at", "community__slug", "community__title")[:MOST_COUNTED]


CLOSING: Reading[Proposal] = Reading(_closing)
