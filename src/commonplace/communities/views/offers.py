"""A role that somebody is asked to take: what it is, and yes or no."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities import acts, pages
from commonplace.communities.models import Role, RoleKind
from commonplace.communities.pages import Visit
from commonplace.communities.way_on import Step
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out

ASKED_OF = {
    RoleKind.FACILITATOR: gettext_lazy("You let people in, and see to it that nobody waits unseen."),
    RoleKind.STEWARD: gettext_lazy("You look after practices: you answer what is challenged, and look at them again."),
    RoleKind.SPONSOR: gettext_lazy("You protect and equip the community; you state objectives with it and sign them."),
}
FIRST = {
    RoleKind.FACILITATOR: (gettext_lazy("Invite people"), "invitations"),
    RoleKind.STEWARD: (gettext_lazy("To be looked at again"), "reviews"),
    RoleKind.SPONSOR: (gettext_lazy("Objectives"), "objectives"),
}


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    role = _offered(request, slug, pk)
    request.entered = role.community
    return _page(request, role)


def accept(request: Visit, slug: str, pk: str) -> HttpResponse:
    role, form = _offered(request, slug, pk), forms.Form(request.POST)
    if carried_out(form, lambda: acts.accept_role(request.user, role)) is None:
        return _page(request, role, status=422, refusal=form)
    words = _("You serve as %(role)s now.") % {"role": role.get_kind_display().lower()}
    return pages.done(request, f"{words} {ASKED_OF[RoleKind(role.kind)]}", role.community, steps=_first(role))


def _first(role: Role) -> list[Step]:
    label, address = FIRST[RoleKind(role.kind)]
    return [Step(str(label), reverse(address, args=[role.community.slug]))]


def decline(request: Visit, slug: str, pk: str) -> HttpResponse:
    role, form = _offered(request, slug, pk), forms.Form(request.POST)
    if carried_out(form, lambda: acts.end_role(request.user, role)) is None:
        return _page(request, role, status=422, refusal=form)
    return pages.done(request, _("You have said no. The role is nobody's."), "home")


def _offered(request: Visit, slug: str, pk: str) -> Role:
    """One's own, whoever the community is open to."""
    mine = Role.objects.visible_to(request.user).filter(community__slug=slug, person=request.user.pk)
    return get_object_or_404(mine.select_related("community", "granted_by", "person"), pk=pk)


def _page(request: Visit, role: Role, status: int = 200, refusal: forms.Form | None = None) -> HttpResponse:
    context = {
        "role": role,
        "community": role.community,
        "refusal": refusal,
        "hindrance": why_not(acts.accept_role, request.user, role),
    }
    return render(request, "communities/offer.jinja", context, status=status)
