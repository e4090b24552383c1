"""The secret of an invitation, kept in the session of somebody who must sign up or sign in first."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonplace.communities import acts
from commonplace.communities.models import Experience, Invitation, Person
from commonplace.ledger.errors import NotPossible

INVITATION, LANDING, TYPED = "invitation", "landing", "typed"
KEPT, MOST = ("name", "email", "experience"), 254


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
    """Until a better invitation is in hand; no password."""
    request.session[TYPED] = {name: typed[name][:MOST] for name in KEPT if typed.get(name)}


def typed(request: HttpRequest) -> dict[str, str]:
    kept: dict[str, str] = request.session.get(TYPED, {})
    return kept


def take_up(request: HttpRequest, person: Person, experience: Experience) -> None:
    """Who has just signed up by an invitation is let in, and lands there. One withdrawn meanwhile lets nobody in."""
    invitation, secret = in_hand(request), secret_of(request)
    request.session.pop(INVITATION, None)
    request.session.pop(TYPED, None)
    if invitation is None:
        return
    title = {"title": invitation.community.title}
    try:
        acts.accept_invitation(person, invitation, secret=secret, experience=experience)
    except NotPossible as refusal:
        messages.error(request, _("You have an account now, but are no member of %(title)s.") % title)
        messages.error(request, str(refusal))
        return
    messages.success(request, _("You are a member of %(title)s now.") % title)
    request.session[LANDING] = invitation.community.get_absolute_url()
