"""What the page of an exchange shows of the practices that came of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel, Step
from commonplace.externalizing.models import Status
from commonplace.ledger.act import may
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice, PracticeQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDown(Panel):
    template: ClassVar[str] = "objectifying/on_exchange.jinja"
    practices: list[Practice]


def _came_of_it() -> PracticeQuerySet:
    rows = Practice.objects.visible_to(READER).filter(sources__exchange=Place("exchange"))
    return rows.select_related("community", "course").order_by("distilled_at")


CAME_OF_IT: Reading[Practice] = Reading(_came_of_it)


def on_exchange(person: Any, exchange: Any) -> WrittenDown:
    practices = CAME_OF_IT.rows(reader=person, exchange=exchange.pk)
    if exchange.status != Status.RESOLVED or not may(acts.distil, person, exchange.community):
        return WrittenDown(practices=practices)
    href = reverse("distil", args=[exchange.community.slug]) + f"?exchange={exchange.pk}"
    return WrittenDown(practices=practices, steps=(Step(_("Write it down as a practice"), href),))
