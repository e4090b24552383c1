"""Whom the newest version of a practice is for, until it is put to consent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.consenting.kinds import Kind
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.forms import AudienceForm, as_typed
from commonplace.objectifying.models import Practice, Version
from commonplace.objectifying.reach import Reach
from commonplace.objectifying.views.practices import practice_at

ROUND = "round"


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    """`?then=round`: back to where a round is opened."""
    practice = practice_at(request, slug, pk)
    pages.require(policy.pursuer, request.user, practice)
    newest, then = practice.newest_version, request.GET.get("then", "")
    initial = as_typed(newest.for_whom) | {"number": newest.number, "then": then if then == ROUND else ""}
    return _page(request, practice, AudienceForm(initial=initial, community=practice.community, reader=request.user))


def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    form = AudienceForm(request.POST, community=practice.community, reader=request.user)
    row = carried_out(form, lambda: _set(request, practice, form))
    if row is None:
        form.data = request.POST.copy()
        form.data["number"] = str(practice.newest_version.number)
        return _page(request, practice, form, status=422)
    there = row.get_absolute_url()
    if form.cleaned_data["then"] == ROUND:
        there = reverse("propose", args=[slug, Kind.ACCEPTANCE, pk])
    return pages.done(request, _("It is saved whom version %(n)s is for.") % {"n": row.number}, there)


def _set(request: Visit, practice: Practice, form: AudienceForm) -> Version:
    """Who chose nobody leaves it as it is, and is told so."""
    audience = form.for_whom() or practice.newest_version.for_whom
    return acts.set_audience(request.user, practice, number=form.cleaned_data["number"], audience=audience)


def _page(request: Visit, practice: Practice, form: AudienceForm, status: int = 200) -> HttpResponse:
    newest = practice.newest_version
    context = {
        **{"community": practice.community, "practice": practice, "form": form, "version": newest},
        "reach": Reach(newest, practice.community),
        "hindrance": why_not(acts.set_audience, request.user, practice),
    }
    return render(request, "objectifying/audience.jinja", context, status=status)
