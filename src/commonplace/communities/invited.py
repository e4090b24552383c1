"""The secret of an invitation, kept in the session of somebody who must sign up or sign in first."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commonplace.communities import acts
from commonplace.communities.models import Experience, Invitation, Person
from commonplace.ledger.errors import NotPossible

INVITATION, LANDING = "invitation", "landing"


def remember(request: HttpRequest, secret: str) -> None:
    request.session[INVITATION] = secret


def secret_of(request: HttpRequest) -> str:
    return str(request.session.get(INVITATION, ""))


def recalled(request: HttpRequest) -> Invitation | None:
    """The invitation in hand, if it is still good."""
    return Invitation.objects.with_secret(secret_of(request)).open().select_related("community", "invited_by").first()


def take_up(request: HttpRequest, person: Person, experience: Experience) -> None:
    """Who has just signed up by an invitation is let in, and lands there. One withdrawn meanwhile lets nobody in."""
    invitation, secret = recalled(request), secret_of(request)
    request.session.pop(INVITATION, None)
    if invitation is None:
        return
    try:
        acts.accept_invitation(person, invitation, secret=secret, experience=experience)
    except NotPossible:
        return
    messages.success(request, _("You are a member of %(title)s now.") % {"title": invitation.community.title})
    request.session[LANDING] = invitation.community.get_absolute_url()
