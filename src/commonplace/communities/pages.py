"""The three doors of a community's pages. Who may not pass gets a 404: a private community does not exist for them."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from commonplace.communities.models import Community, Person


class Visit(HttpRequest):
    """A request by someone who is signed in, as every page is unless it says otherwise."""

    user: Person


def seen(request: Visit, slug: str) -> Community:
    """For the front page: listed communities, and one's own."""
    return get_object_or_404(Community.objects.visible_to(request.user), slug=slug)


def read(request: Visit, slug: str) -> Community:
    """For exchanges and practices: open communities, and one's own."""
    return get_object_or_404(Community.objects.readable_by(request.user), slug=slug)


def overseen(request: Visit, slug: str) -> Community:
    """For the cycle and the objectives: readers, and those who serve in a role, sponsors among them."""
    return get_object_or_404(Community.objects.overseen_by(request.user), slug=slug)
