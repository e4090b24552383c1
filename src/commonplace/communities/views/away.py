"""Saying until when one is away, and who stands in; being back; standing in no more."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages
from commonplace.communities.covering import people_for
from commonplace.communities.dates import localday
from commonplace.communities.forms.away import AwayForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Role
from commonplace.communities.pages import Visit
from commonplace.communities.way_on import Step
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    return _page(request, _role(request, slug, pk))


@limited("role", most=60, minutes=10)
def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    role = _role(request, slug, pk)
    form = AwayForm(request.POST, members=people_for(role))
    away = carried_out(form, lambda: acts.set_away(request.user, role, **form.chosen()))
    if away is None:
        return _page(request, role, status=422, form=form)
    steps = [Step(_("Who serves here"), reverse("roles", args=[slug]))]
    return pages.done(request, _in_words(away), "desk", slug, steps=steps)


def destroy(request: Visit, slug: str, pk: str) -> HttpResponse:
    """By whoever was away: they are back. By whoever stands in: they do so no more."""
    role, form = _role(request, slug, pk), forms.Form(request.POST)
    is_own = role.person_id == request.user.pk
    until = None if is_own else role.away_until
    if carried_out(form, lambda: acts.set_away(request.user, role, until=until)) is None:
        return _page(request, role, status=422, refusal=form)
    if is_own:
        return pages.done(request, _("You are back: the desk is yours again."), "desk", slug)
    return pages.done(request, _("You stand in no more. Whom you stood in for is told."), "community", slug)


def _in_words(role: Role) -> str:
    words = {"day": localday(role.away_until) if role.away_until else ""}
    if role.stand_in is None:
        return _("You are away until %(day)s.") % words
    words["name"] = role.stand_in.called
    return _("You are away until %(day)s. %(name)s stands in for you, and is told.") % words


def _role(request: Visit, slug: str, pk: str) -> Role:
    """One's own, or one that somebody is away from and one stands in for."""
    community, me = pages.inside(request, slug), request.user
    rows = Role.objects.visible_to(me).filter(Q(person=me.pk) | Q(stand_in=me.pk), community=community).current()
    return get_object_or_404(rows.select_related("community", "person", "stand_in"), pk=pk)


def _page(request: Visit, role: Role, status: int = 200, **refused: Any) -> HttpResponse:
    is_own = role.person_id == request.user.pk
    before = {"until": role.away_until, "stand_in": role.stand_in_id or ""} if role.is_away else {}
    context = {
        "community": role.community,
        "role": role,
        "is_own": is_own,
        "form": AwayForm(members=people_for(role), initial=before) if is_own else None,
        "hindrance": why_not(acts.set_away, request.user, role),
    }
    return render(request, "communities/away.jinja", context | refused, status=status)
