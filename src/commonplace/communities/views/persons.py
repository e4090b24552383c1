"""The page of a person in a community: for its members, of whoever belongs or serves there, or did."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from commonplace.communities import pages
from commonplace.communities.models import Membership, Role
from commonplace.communities.pages import Visit


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    community = pages.shared(request, slug)
    here = {"community": community, "person": pk, "person__email__isnull": False}
    memberships = list(Membership.objects.visible_to(request.user).filter(**here).select_related("person__unit"))
    served = Role.objects.visible_to(request.user).filter(**here, accepted_at__isnull=False)
    roles = list(served.select_related("person__unit").order_by("granted_at"))
    if not memberships and not roles:
        raise Http404
    context = {
        "community": community,
        "person": [*memberships, *roles][0].person,
        "membership": next((one for one in memberships if one.left_at is None), None),
        "roles": [one for one in roles if one.ended_at is None],
    }
    return render(request, "communities/person.jinja", context)
