"""What a person's page shows of practices: those they look after, those that are their knowledge."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.communities.portraits import MOST_DEEDS, Deed, Portrait
from commonplace.objectifying.models import Credit, Practice
from commonplace.objectifying.status import PUT_AWAY

WHY = "whoever sees a practice sees whom to credit"


def _looks_after(reader: Any, person: Any, community: Community) -> Iterator[Deed]:
    return _deeds(Practice.objects.visible_to(reader).filter(steward=person.pk), community)


def _wrote(reader: Any, person: Any, community: Community) -> Iterator[Deed]:
    credited = Credit.objects.filter(person=person.pk).authors().everywhere(WHY)
    return _deeds(Practice.objects.visible_to(reader).filter(pk__in=credited.values("practice")), community)


def _deeds(rows: Any, community: Community) -> Iterator[Deed]:
    """Those that are in use or on their way there."""
    going_on = rows.filter(community=community).exclude(course__status__in=PUT_AWAY).select_related("community")
    for practice in going_on.order_by("-begun_at", "-pk")[: MOST_DEEDS + 1]:
        yield Deed(practice.title, practice.get_absolute_url())


LOOKS_AFTER = Portrait(
    "looks_after", "obj", _("Practices they look after"), _("Practices you look after"),
    _("the practices that I look after"), _looks_after,
    is_usual=True,
)  # fmt: skip
WROTE = Portrait(
    "wrote", "obj", _("Practices they wrote"), _("Practices you wrote"),
    _("the practices that I am an author of"), _wrote,
)  # fmt: skip
