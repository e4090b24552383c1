"""Who asks to join waits for a facilitator; a role that is offered, for whom it is offered to."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_NEEDS, Need, Needs
from commonplace.communities.models import JoinRequest, Role, RoleKind
from commonplace.communities.models.door import JoinRequestQuerySet
from commonplace.communities.models.footing import footings
from commonplace.communities.models.membership import RoleQuerySet
from commonplace.ledger.reading import READER, Reading, settled


def tended_by(person: Any) -> list[str]:
    return [pk for pk, one in footings(person).items() if one.serves_as(RoleKind.FACILITATOR)]


def _requests() -> JoinRequestQuerySet:
    here = JoinRequest.objects.visible_to(READER).waiting().filter(community__in=settled(READER, tended_by))
    requests = here.exclude(person=READER.pk).select_related("community", "person")
    return requests.order_by("asked_at")[:MOST_NEEDS]


REQUESTS: Reading[JoinRequest] = Reading(_requests)


def join_requests(person: Any) -> Iterator[Need]:
    for asked in REQUESTS.rows(reader=person) if tended_by(person) else ():
        what = _("%(name)s asks to join") % {"name": asked.person.called}
        here, at = asked.community, asked.community.get_absolute_url() + "#requests"
        yield Need("", what, here.title, at, asked.asked_at, language=here.language)


def _offers() -> RoleQuerySet:
    mine = Role.objects.offered_to(READER)
    return mine.select_related("community").order_by("granted_at")[:MOST_NEEDS]


OFFERS: Reading[Role] = Reading(_offers)


def offered_roles(person: Any) -> Iterator[Need]:
    for role in OFFERS.rows(reader=person):
        what, here = _("You are asked to serve as %(role)s") % {"role": role.get_kind_display().lower()}, role.community
        yield Need("", what, here.title, role.get_absolute_url(), role.granted_at, language=here.language)


CONTRIBUTIONS = (Needs("join_requests", join_requests), Needs("offered_roles", offered_roles))
