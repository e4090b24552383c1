"""The cycle page."""

from django.http import HttpResponse
from django.shortcuts import render

from commonplace.communities import pages
from commonplace.communities.limits import limited
from commonplace.measuring.cycle.page import cycle_of


@limited("figures", most=300, minutes=10, reading=True)
def show(request: pages.Visit, slug: str) -> HttpResponse:
    community = pages.overseen(request, slug)
    return render(
        request, "measuring/cycle.jinja", {"community": community, "cycle": cycle_of(community, request.user)}
    )
