"""The address of one's own feeds: made, made anew, ended. It is shown once."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from commonplace.communities import pages, secrets
from commonplace.communities.limits import limited
from commonplace.communities.models import Community
from commonplace.communities.pages import Visit
from commonplace.corresponding.models import FeedAddress
from commonplace.ledger.sending import made_once

MOST = 200


def show(request: Visit) -> HttpResponse:
    return _page(request)


@never_cache
@limited("feed address", most=20, minutes=60)
def create(request: Visit) -> HttpResponse:
    """Sent again when its address is over, it shows none."""
    secret = secrets.fresh()
    made = made_once("feeds", lambda: FeedAddress.objects.make(request.user, secret))
    if not made.opens_with(secret):
        return _page(request, is_over=True)
    return _page(request, addresses=list(_addresses(request, secret)))


def destroy(request: Visit) -> HttpResponse:
    FeedAddress.objects.end(request.user)
    return pages.done(request, _("That address opens nothing any more."), "my_feeds")


def _addresses(request: Visit, secret: str) -> Iterator[tuple[str, str, str]]:
    """Each with what it is of, and the language of its name."""
    at = request.build_absolute_uri
    yield _("Your notices"), at(reverse("notices_feed", args=[secret])), ""
    yield _("What falls due, for a calendar"), at(reverse("calendar_feed", args=[secret])), ""
    for one in _communities(request):
        yield one.title, at(reverse("community_feed", args=[secret, one.slug])), one.language


def _communities(request: Visit) -> Any:
    return Community.objects.of(request.user).order_by("title")[:MOST]


def _page(request: Visit, **more: Any) -> HttpResponse:
    context = {"address": FeedAddress.objects.of(request.user)}
    return render(request, "corresponding/my_feeds.jinja", context | more)
