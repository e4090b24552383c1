"""Who belongs; joining and leaving."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy
from commonplace.communities.forms.belonging import JoinForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Membership, Role
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.communities.views.communities import page
from commonplace.communities.way_on import of_a_newcomer
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded


def index(request: Visit, slug: str) -> HttpResponse:
    community, query = pages.shared(request, slug), typed(request)
    current = Membership.objects.visible_to(request.user).filter(community=community).current()
    named = current.filter(person__name__folded__contains=folded(query)).select_related("person__unit")
    shown = listed(named, request.GET, 50, by=("person__name", "pk"))
    serving = _serving(request, community, [one.person_id for one in shown])
    may_propose = policy.speaker.allows(request.user, community)
    context = {"community": community, "page": shown, "query": query, "serving": serving, "may_propose": may_propose}
    return render(request, "communities/members.jinja", context)


def _serving(request: Visit, community: Community, people: list[str]) -> dict[str, list[str]]:
    """Person id -> their roles, as people read them."""
    kinds: dict[str, list[str]] = {}
    for role in Role.objects.visible_to(request.user).filter(community=community, person__in=people).current():
        kinds.setdefault(role.person_id, []).append(role.get_kind_display())
    return kinds


@limited("join", most=60, minutes=10)
def create(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.seen(request, slug), JoinForm(request.POST)
    joined = carried_out(form, lambda: acts.join(request.user, community, **form.cleaned_data))
    if joined is None:
        return page(request, community, status=422, refusal=form, join_form=form)
    words = _("You are a member of %(title)s now.") % {"title": community.title}
    return pages.done(request, words, community, steps=of_a_newcomer(community))


def destroy(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.seen(request, slug), forms.Form(request.POST)
    left = carried_out(form, lambda: acts.leave(request.user, community))
    if left is None:
        return page(request, community, status=422, refusal=form)
    words = _("You have left %(title)s. What you shared there stays, with credit to you.")
    return pages.done(request, words % {"title": community.title}, "me")
