"""The practices that somebody looks after in a community, each with the page where another is named."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.entrusted import MOST_CHARGES, Charge, Entrusted
from commonplace.communities.models import Community
from commonplace.objectifying.models import Practice
from commonplace.objectifying.status import PUT_AWAY


def _looked_after(reader: Any, person: Any, community: Community) -> Iterator[Charge]:
    rows = Practice.objects.visible_to(reader).filter(community=community, steward=person.pk)
    going_on = rows.exclude(course__status__in=PUT_AWAY).order_by("title", "pk")[: MOST_CHARGES + 1]
    for practice in going_on.select_related("community"):
        at = reverse("edit_steward", args=[community.slug, practice.pk])
        yield Charge(practice.title, practice.get_absolute_url(), at)


PRACTICES_LOOKED_AFTER = Entrusted(
    "practices", "obj", _("Practices you look after"), _("You look after no practice here."), _("Name somebody"),
    _looked_after,
)  # fmt: skip
