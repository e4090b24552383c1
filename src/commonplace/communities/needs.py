"""Who asks to join waits for a facilitator."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import Need, Needs
from commonplace.communities.models import JoinRequest, RoleKind
from commonplace.communities.models.footing import footings


def join_requests(person: Any, most: int) -> Iterator[Need]:
    tended = [pk for pk, one in footings(person).items() if one.serves_as(RoleKind.FACILITATOR)]
    if not tended:
        return
    waiting = JoinRequest.objects.visible_to(person).waiting().filter(community__in=tended).exclude(person=person.pk)
    for asked in waiting.select_related("community", "person").order_by("asked_at")[:most]:
        what = _("%(name)s asks to join") % {"name": asked.person.name}
        yield Need("", what, asked.community.title, asked.community.get_absolute_url() + "#requests", asked.asked_at)


CONTRIBUTIONS = (Needs("join_requests", join_requests),)
