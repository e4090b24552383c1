"""A role that somebody is asked to take: what it is, and yes or no."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages
from commonplace.communities.models import Role
from commonplace.communities.pages import Visit
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out


def show(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _page(request, _offered(request, slug, pk))


def accept(request: Visit, slug: str, pk: str) -> HttpResponse:
    role, form = _offered(request, slug, pk), forms.Form(request.POST)
    if carried_out(form, lambda: acts.accept_role(request.user, role)) is None:
        return _page(request, role, status=422, refusal=form)
    words = _("You serve as %(role)s now.") % {"role": role.get_kind_display().lower()}
    return pages.done(request, words, role.community)


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
