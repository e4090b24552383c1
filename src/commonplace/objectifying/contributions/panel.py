"""What the page of an exchange shows of the practices that came of it."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel, Step
from commonplace.externalizing.models import Status
from commonplace.ledger.act import may
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDown(Panel):
    template: ClassVar[str] = "objectifying/on_exchange.jinja"
    practices: list[Practice]


def on_exchange(person: Any, exchange: Any) -> WrittenDown:
    came_of_it = Practice.objects.visible_to(person).filter(sources__exchange=exchange)
    practices = list(came_of_it.select_related("community", "course").order_by("distilled_at"))
    if exchange.status != Status.RESOLVED or not may(acts.distil, person, exchange.community):
        return WrittenDown(practices=practices)
    href = reverse("distil", args=[exchange.community.slug]) + f"?exchange={exchange.pk}"
    return WrittenDown(practices=practices, steps=(Step(_("Write it down as a practice"), href),))
