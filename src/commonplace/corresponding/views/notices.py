"""The centre: what happened that concerns the reader."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from commonplace.communities.pages import Visit
from commonplace.communities.paging import key
from commonplace.corresponding import centre, reading
from commonplace.corresponding.letters import refusals


def index(request: Visit) -> HttpResponse:
    if "put-away" in request.GET:
        return render(request, "corresponding/put_away.jinja", {"groups": centre.put_away(request.user)})
    context = {"mail": settings.MAIL, "stopped": refusals.stopped(request.user)}
    return render(request, "corresponding/notices.jinja", {"groups": centre.unread(request.user), **context})


def count(request: Visit) -> HttpResponse:
    return render(request, "corresponding/count.jinja", {})


def destroy(request: Visit) -> HttpResponse:
    thread = key(request.POST, "thread")
    n = reading.put_away(request.user, thread=thread) if thread else reading.put_away(request.user)
    messages.success(request, ngettext("%(n)s notice is put away.", "%(n)s notices are put away.", n) % {"n": n})
    return redirect("notices")
