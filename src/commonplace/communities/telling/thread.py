"""A community as a thread: its front page and those to which what happens in it leads show what is new."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Role
from commonplace.communities.occasions import Seen, Thread, seen
from commonplace.ledger.reading import READER, Among

NAME = "community"


def _communities() -> Any:
    """Also those in which a role is offered to the reader."""
    offered = Role.objects.offered_to(READER).filter(community=OuterRef("pk"))
    door = Q(pk__in=Community.objects.visible_to(READER)) | Q(Exists(offered))
    rows = Community.objects.filter(door, pk__in=Among("threads")).everywhere("by one of two doors")
    return seen(rows, NAME, here="")


def _at(one: Seen) -> str:
    return one.here.get_absolute_url()


def _entered(request: HttpRequest) -> str:
    community = getattr(request, "entered", None)
    return community.pk if community else ""


COMMUNITY = Thread(
    NAME, "", _("Community"), _communities, _at, shown=_entered, many=_("The community itself"),
    pages=("community", "roles", "role_offer", "charters", "invitations", "desk"),
)  # fmt: skip
