"""The operator's page of the work in the background: how much waits, what was given up; nothing of whom it is about."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities import pages, policy
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.ledger.jobs import backlog
from commonplace.web.operating.in_words import of_job

GONE = gettext_lazy("It is no longer here: somebody tried it again or dropped it.")


def index(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    page = listed(backlog.given_up(), request.GET, 50, by=("-given_up_at", "-pk"))
    return render(request, "jobs.jinja", {"kinds": backlog.by_kind(), "page": page, "called": of_job})


def retry(request: Visit, pk: int) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    if backlog.try_again(pk):
        messages.success(request, _("It will be tried again at once."))
    else:
        messages.error(request, str(GONE))
    return redirect("jobs")


def destroy(request: Visit, pk: int) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    if backlog.drop(pk):
        messages.success(request, _("It is dropped. What it was to do stays undone."))
    else:
        messages.error(request, str(GONE))
    return redirect("jobs")
