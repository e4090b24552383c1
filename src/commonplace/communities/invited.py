"""The secret of an invitation, kept in the session of somebody who must sign up or sign in first."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import acts
from commonplace.communities.models import Experience, Invitation, Person, Role
from commonplace.communities.way_on import WayOn, of_a_newcomer
from commonplace.ledger import clock
from commonplace.ledger.errors import NotPossible

INVITATION, LANDING, TYPED = "invitation", "landing", "typed"
KEPT, MOST, FOR = ("name", "email", "experience"), 254, timedelta(hours=1)


def remember(request: HttpRequest, secret: str) -> None:
    request.session[INVITATION] = secret


def secret_of(request: HttpRequest) -> str:
    return str(request.session.get(INVITATION, ""))


def in_hand(request: HttpRequest) -> Invitation | None:
    """The invitation that they came by, good or not any more."""
    held = Invitation.objects.with_secret(secret_of(request))
    return held.select_related("community", "invited_by").first()


def recalled(request: HttpRequest) -> Invitation | None:
    """The invitation in hand, if it is still good."""
    invitation = in_hand(request)
    return invitation if invitation and invitation.is_good() else None


def keep_typed(request: HttpRequest, typed: Mapping[str, str]) -> None:
    """Until a better invitation into the same community is in hand, within the hour; no password."""
    words = {name: typed[name][:MOST] for name in KEPT if typed.get(name)}
    request.session[TYPED] = {"words": words, "at": clock.now().isoformat(), "community": _community(request)}


def typed(request: HttpRequest) -> dict[str, str]:
    """By whoever came for the same community a while ago: whoever comes later, or for another, is somebody else."""
    kept = request.session.get(TYPED)
    if kept is None:
        return {}
    if kept["community"] != _community(request) or clock.now() - datetime.fromisoformat(kept["at"]) > FOR:
        forget(request)
        return {}
    words: dict[str, str] = kept["words"]
    return words


def forget(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)


def offer_by(invitation: Invitation, person: Person) -> str:
    """The address of the role that it offered them."""
    offered = Role.objects.visible_to(person).filter(community=invitation.community, person=person)
    role = offered.filter(kind=invitation.role).latest("granted_at")
    return reverse("role_offer", args=[invitation.community.slug, role.pk])


def _community(request: HttpRequest) -> str:
    invitation = in_hand(request)
    return invitation.community_id if invitation else ""


def take_up(request: HttpRequest, person: Person, experience: Experience) -> None:
    """Who has just signed up by an invitation is let in, and lands there. One withdrawn meanwhile lets nobody in."""
    invitation, secret = in_hand(request), secret_of(request)
    request.session.pop(INVITATION, None)
    forget(request)
    if invitation is None:
        return
    try:
        acts.accept_invitation(person, invitation, secret=secret, experience=experience)
    except NotPossible as refusal:
        messages.error(request, _("You have an account now, but the invitation did not let you in."))
        messages.error(request, str(refusal))
        return
    if invitation.role:
        request.session[LANDING] = offer_by(invitation, person)
        return
    words = _("You are a member of %(title)s now.") % {"title": invitation.community.title}
    messages.success(request, WayOn(words, of_a_newcomer(invitation.community)).__html__())
    request.session[LANDING] = invitation.community.get_absolute_url()
