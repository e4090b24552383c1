"""The centre: what happened that concerns the reader."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.corresponding import centre, reading
from commonplace.corresponding.centre import Group
from commonplace.corresponding.letters import confirming, refusals

SHOWN = 20
"""Threads: more stand on a page of their own, for a wall is not read."""


def index(request: Visit) -> HttpResponse:
    if "put-away" in request.GET:
        return render(request, "corresponding/put_away.jinja", {"groups": centre.put_away(request.user)})
    groups = centre.unread(request.user)
    shown = groups if "all" in request.GET else groups[:SHOWN]
    context = {"groups": shown, "further": len(groups) - len(shown), "until": _newest(groups)}
    context |= {"mail": settings.MAIL, "stopped": refusals.stopped(request.user)}
    context |= {"unconfirmed": confirming.must_confirm(request.user)}
    return render(request, "corresponding/notices.jinja", context)


def count(request: Visit) -> HttpResponse:
    return render(request, "corresponding/count.jinja", {})


def destroy(request: Visit) -> HttpResponse:
    """What the page showed, however old it is; what came since stays."""
    until = _moment(key(request.POST, "until"))
    n = reading.put_away(request.user, until) if until else 0
    messages.success(request, ngettext("%(n)s notice is put away.", "%(n)s notices are put away.", n) % {"n": n})
    return redirect("notices")


def _newest(groups: Sequence[Group]) -> str:
    return groups[0].lines[0].at.isoformat() if groups else ""


def _moment(typed: str) -> datetime | None:
    """Anything may stand there."""
    try:
        moment = datetime.fromisoformat(typed)
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
