"""Who asks to join waits for a facilitator; a role that is offered, for whom it is offered to, and their no for who
tends; who was removed is told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_COUNTED, Need, Needs, first_of
from commonplace.communities.models import JoinRequest, Membership, Role, RoleKind, Visibility
from commonplace.communities.models.door import JoinRequestQuerySet
from commonplace.communities.models.footing import footings
from commonplace.communities.urgency import Urgency
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.reading import READER, Place, Reading, settled

TOLD_FOR = timedelta(days=30)
LATELY = Place("lately", models.DateTimeField())


def tended_by(person: Any) -> list[str]:
    return [pk for pk, one in footings(person).items() if one.serves_as(RoleKind.FACILITATOR)]


def _requests() -> JoinRequestQuerySet:
    here = JoinRequest.objects.visible_to(READER).waiting().filter(community__in=settled(READER, tended_by))
    requests = here.exclude(person=READER.pk).select_related("community", "person")
    return requests.order_by("asked_at")[:MOST_COUNTED]


REQUESTS: Reading[JoinRequest] = Reading(_requests)


def join_requests(person: Any) -> Iterator[Need]:
    rows = REQUESTS.rows(reader=person) if tended_by(person) else []
    return first_of(rows, _request, attrgetter("community_id"), _requests_here, is_a_list=lambda row: True)


def _request(asked: JoinRequest) -> Need:
    return _asks(asked, _("%(name)s asks to join") % {"name": asked.person.called})


def _requests_here(rows: Sequence[JoinRequest]) -> Need:
    n = len(rows)
    return _asks(rows[0], ngettext("%(n)s person asks to join", "%(n)s people ask to join", n) % {"n": n})


def _asks(asked: JoinRequest, what: str) -> Need:
    here = asked.community
    at = here.get_absolute_url() + "#requests"
    since, act = asked.asked_at, _("Let in, or say no")
    return Need("", what, here.title, at, since, language=here.language, act=act, of_place=True)


class OnRole(NamedTuple):
    need: str
    row: str
    slug: str
    title: str
    language: str
    visibility: str
    role: str
    name: str
    since: datetime


def _on_roles() -> Any:
    """One query: roles offered to the reader, where they were removed, who said no to a role where they tend."""
    offered = _columns(Role.objects.offered_to(READER), "offer", "kind", "granted_at")
    return offered.union(_removals(), _refusals(), all=True).order_by("since")[:MOST_COUNTED]


def _removals() -> Any:
    """Lately, unless they are back."""
    mine = Membership.objects.filter(person=READER.pk).everywhere("one's own")
    since = mine.filter(community=OuterRef("community"), joined_at__gt=OuterRef("joined_at"))
    rows = mine.filter(removed=True, left_at__gt=LATELY).exclude(Exists(since))
    return _columns(rows, "removed", None, "left_at")


def _refusals() -> Any:
    """By whom it was offered to; not by who took the offer back."""
    nos = Act.objects.filter(verb="role.ended", object=OuterRef("pk"), actor=OuterRef("person"))
    offers = Role.objects.filter(accepted_at=None, ended_at__gt=LATELY, community__in=settled(READER, tended_by))
    rows = offers.filter(Exists(nos.everywhere("who said no"))).everywhere("a facilitator is told of a no")
    return _columns(rows, "refused", "kind", "ended_at")


def _columns(rows: Any, need: str, role: str | None, since: str) -> Any:
    here = ("community__slug", "community__title", "community__language", "community__visibility")
    dated = rows.annotate(need=Value(need), role=F(role) if role else Value(""), since=F(since))
    return dated.values_list("need", "pk", *here, "role", "person__name", "since")


def on_roles(person: Any) -> Iterator[Need]:
    rows = ON_ROLES.rows(reader=person, lately=clock.now() - TOLD_FOR)
    return first_of(rows, lambda row: NEEDS[row.need](row), attrgetter("need", "slug"), _more_on_roles)


def _more_on_roles(rows: Sequence[OnRole]) -> Need:
    n = len(rows)
    what = ngettext("%(n)s more change of roles", "%(n)s more changes of roles", n) % {"n": n}
    return _need(rows[0], what, reverse("roles", args=[rows[0].slug]))


def _offer(row: OnRole) -> Need:
    what = _("You are asked to serve as %(role)s") % {"role": _role(row)}
    return _need(row, what, reverse("role_offer", args=[row.slug, row.row]))


def _removed(row: OnRole) -> Need:
    """Who is outside of a private community has no page of it."""
    what = _("A round removed you. A facilitator can let you in again: ask one of them")
    is_there = row.visibility != Visibility.PRIVATE
    return _need(row, what, reverse("community", args=[row.slug]) if is_there else reverse("me"))


def _refusal(row: OnRole) -> Need:
    what = _("%(name)s has said no to serving as %(role)s") % {"name": row.name, "role": _role(row)}
    return replace(_need(row, what, reverse("roles", args=[row.slug])), act=_("Ask somebody else"))


def _role(row: OnRole) -> str:
    return str(RoleKind(row.role).label).lower()


def _need(row: OnRole, what: str, at: str) -> Need:
    is_mine = row.need in ("offer", "removed")
    urgency = Urgency.MINE if is_mine else Urgency.WAITS
    kind, spoken = row.need, row.language
    return Need("", what, row.title, at, row.since, language=spoken, urgency=urgency, kind=kind, of_place=True)


ON_ROLES: Reading[OnRole] = Reading(_on_roles, shape=OnRole)
NEEDS = {"offer": _offer, "removed": _removed, "refused": _refusal}
CONTRIBUTIONS = (Needs("join_requests", join_requests), Needs("offered_roles", on_roles))
