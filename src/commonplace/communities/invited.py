"""An invitation kept in the session of somebody who must sign up or sign in first."""

from django.http import HttpRequest

from commonplace.communities import acts
from commonplace.communities.models import Invitation, Person
from commonplace.ledger.errors import NotPossible

INVITATION, LANDING = "invitation", "landing"


def remember(request: HttpRequest, invitation: Invitation) -> None:
    request.session[INVITATION] = invitation.pk


def recalled(request: HttpRequest) -> Invitation | None:
    """The invitation in hand, if it is still good."""
    kept = request.session.get(INVITATION)
    good = Invitation.objects.filter(pk=kept).open().everywhere("the link was in hand") if kept else None
    return good.select_related("community").first() if good is not None else None


def take_up(request: HttpRequest, person: Person) -> None:
    """Who has just signed up by an invitation is let in, and lands there. One withdrawn meanwhile lets nobody in."""
    invitation = recalled(request)
    request.session.pop(INVITATION, None)
    if invitation is None:
        return
    try:
        acts.accept_invitation(person, invitation)
    except NotPossible:
        return
    request.session[LANDING] = invitation.community.get_absolute_url()
