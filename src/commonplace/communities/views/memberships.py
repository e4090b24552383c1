"""Who belongs; joining and leaving."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, welcoming
from commonplace.communities.forms.belonging import JoinForm
from commonplace.communities.limits import limited
from commonplace.communities.listing import askable_about, matching, said_by
from commonplace.communities.models import Community, Person, Role
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.communities.portrayed import named
from commonplace.communities.subjects import Subject
from commonplace.communities.views.communities import page
from commonplace.communities.way_on import of_a_newcomer
from commonplace.ledger.forms import carried_out


def index(request: Visit, slug: str) -> HttpResponse:
    community, query = pages.shared(request, slug), typed(request)
    topic = _topic(request, community)
    rows = askable_about(request.user, community, topic) if topic else matching(request.user, query, community)
    shown = listed(rows.select_related("person__unit"), request.GET, 50, by=("person__name", "pk"))
    people = [one.person_id for one in shown]
    known = said_by(request.user, community, [*people, request.user.pk])
    context = {"community": community, "page": shown, "query": query, "topic": topic, "known": known}
    context |= {"serving": _serving(request, community, people), "invites": request.user.pk not in known}
    return render(request, "communities/members.jinja", context)


def _topic(request: Visit, community: Community) -> Subject | None:
    asked = typed(request, "topic")
    return next(named(request.user, community, [asked]), None) if asked else None


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
    return pages.done(request, came_in(request, community), community, steps=of_a_newcomer(community))


def came_in(request: Visit, community: Community) -> str:
    """And whom to ask."""
    words = _("You are a member of %(title)s now.") % {"title": community.title}
    return f"{words} {welcoming.in_words(request.user, community)}".strip()


def update_welcoming(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.seen(request, slug), forms.Form(request.POST)
    welcomes = request.POST.get("welcomes") == "yes"
    changed = carried_out(form, lambda: acts.set_welcoming(request.user, community, welcomes=welcomes))
    if changed is None and _welcomes(request.user, community) != welcomes:
        return page(request, community, status=422, refusal=form)
    words = _("Newcomers read your name now, and you are told of each.") if welcomes else _("You welcome nobody now.")
    return pages.done(request, words, community)


def _welcomes(person: Person, community: Community) -> bool:
    """Pressed twice, it is as it was wanted."""
    return any(one.pk == person.pk for one in welcoming.welcomers(person, community))


def destroy(request: Visit, slug: str) -> HttpResponse:
    community, form = pages.seen(request, slug), forms.Form(request.POST)
    left = carried_out(form, lambda: acts.leave(request.user, community))
    if left is None:
        return page(request, community, status=422, refusal=form)
    words = _("You have left %(title)s. What you shared there stays, with credit to you.")
    return pages.done(request, words % {"title": community.title}, "me")
