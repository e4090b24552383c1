"""For the operator: many people at once, from a pasted list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from commonplace.communities import pages, policy
from commonplace.communities.arrivals import Arrival, come_in, new_units
from commonplace.communities.forms.people import RosterForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Community, Person
from commonplace.communities.pages import Visit
from commonplace.communities.roster.people import Listed
from commonplace.ledger.errors import NotPossible


def new(request: Visit) -> HttpResponse:
    return _page(request, _form(request))


@limited("list of people", most=60, minutes=10)
def preview(request: Visit) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    understood = form.roster.people or form.roster.here
    status = 422 if form.roster.unread or not understood else 200
    people = list(form.roster.people.values())
    outcome = {"roster": form.roster, "understood": people, "new_units": new_units(people)}
    return _page(request, form.shown(), status=status, **outcome)


@limited("list of people", most=60, minutes=10)
def create(request: Visit) -> HttpResponse:
    """Only who was shown for confirmation; what else was typed stays. Sent again, it answers the same."""
    form = _form(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    arrived, failed = _all_in(request.user, form.kept, form.chosen())
    outcome = {
        "links": [(one.person, _link(request, one)) for one in arrived if one.secret],
        "placed": [one.person for one in arrived if not one.secret],
        "failed": failed,
        "community": form.chosen(),
        "nobody": not arrived,
    }
    rest = form.rest([str(one.person.email) for one in arrived])
    return _page(request, rest, status=200 if arrived else 422, **outcome)


def _link(request: Visit, arrival: Arrival) -> str:
    return request.build_absolute_uri(reverse("sign_in_link", args=[arrival.secret]))


def _all_in(operator: Person, listed: list[Listed], community: Community | None) -> tuple[list[Arrival], list[str]]:
    arrived, failed = [], []
    for one in listed:
        try:
            arrived.append(come_in(operator, one, community))
        except NotPossible as refusal:
            failed.append(str(refusal))
    return arrived, failed


def _form(request: Visit) -> RosterForm:
    pages.require(policy.operator, request.user, None)
    communities = list(Community.objects.facilitated_by(request.user).order_by("title"))
    came_from = [one.pk for one in communities if one.slug == request.GET.get("community")]
    initial = {"community": came_from[0]} if came_from else {}
    return RosterForm(request.POST if request.method == "POST" else None, initial=initial, communities=communities)


def _page(request: Visit, form: RosterForm, status: int = 200, **outcome: Any) -> HttpResponse:
    return render(request, "communities/arrivals.jinja", {"form": form, **outcome}, status=status)
