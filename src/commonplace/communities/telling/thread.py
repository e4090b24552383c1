"""A community as a thread: its front page and that of its roles show what is new."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community, Role
from commonplace.communities.occasions import Named, Thread
from commonplace.ledger.reading import READER, Among, Reading

NAME = "community"


def _communities() -> Any:
    """Also those in which a role is offered to the reader."""
    offered = Role.objects.offered_to(READER).filter(community=OuterRef("pk"))
    seen = Q(pk__in=Community.objects.visible_to(READER)) | Q(Exists(offered))
    rows = Community.objects.filter(seen, pk__in=Among("threads")).everywhere("by one of two doors")
    return rows.only("slug", "title", "language")


def _named(row: Community) -> Named:
    return Named(row.title, row.get_absolute_url(), row)


def _entered(request: HttpRequest) -> str:
    community = getattr(request, "entered", None)
    return community.pk if community else ""


COMMUNITY = Thread(
    NAME, "", _("Community"), Reading(_communities), _named, pages=("community", "roles"), shown=_entered,
)  # fmt: skip
