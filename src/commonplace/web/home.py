"""The first page: what needs me, what is new where I belong, and where I could go."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.web.needs import needs
from commonplace.web.news import PAGE, news

LAST_VISIT, THIS_VISIT = "last_visit", "this_visit"
VISIT_SECONDS = 3600


def index(request: HttpRequest) -> HttpResponse:
    before = _moment(request.GET.get("before", "")) or clock.now()
    mine = list(Community.objects.of(request.user).order_by("title"))
    pieces = news(request.user, mine, before)
    context: dict[str, Any] = {
        "mine": mine,
        "pieces": pieces[:PAGE],
        "more": pieces[PAGE:],
        "since": _last_visit(request),
    }
    if "before" in request.GET:
        return render(request, "older.jinja", context)
    others = Community.objects.visible_to(request.user).exclude(pk__in=[one.pk for one in mine])
    return render(
        request, "home.jinja", context | {"needs": needs(request.user), "others": others.order_by("title")[:12]}
    )


def _last_visit(request: HttpRequest) -> datetime | None:
    """When the visit before this one began; kept in the session alone, so it goes with it."""
    now, began = clock.now(), _moment(request.session.get(THIS_VISIT, ""))
    if began is None or (now - began).total_seconds() > VISIT_SECONDS:
        request.session[LAST_VISIT], request.session[THIS_VISIT] = request.session.get(THIS_VISIT), now.isoformat()
    return _moment(request.session.get(LAST_VISIT) or "")


def _moment(text: str) -> datetime | None:
    """An aware moment, or None for anything else a person may type into an address."""
    try:
        moment = parse_datetime(text.replace(" ", "+"))
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
