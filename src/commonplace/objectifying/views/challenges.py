"""Challenging what is accepted; sharing a challenge, taking one back; and all that there were."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.dates import localdate
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.forms import ChallengeForm
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.views.practices import practice_at


def index(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    rows = practice.challenges.select_related("raised_by", "settlement").prefetch_related("shares__person")
    context = {
        "practice": practice,
        "community": practice.community,
        "acts": acts,
        "page": listed(rows, request.GET),
    }
    return render(request, "objectifying/challenges.jinja", context)


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    known = {"application": request.GET.get("application", ""), "number": practice.course.in_force}
    return _page(request, practice, ChallengeForm(initial=known))


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    form = ChallengeForm(request.POST, request.FILES, sender=request.user)
    row = carried_out(form, lambda: acts.challenge(request.user, practice, challenge=form.challenge()))
    if row is None:
        return _page(request, practice, form, status=422)
    words = _("Everybody who reads the practice sees your challenge. A round can settle it until %(on)s.")
    return pages.done(request, words % {"on": localdate(row.ends_at)}, practice)


def create_share(request: Visit, slug: str, pk: str, challenge: str) -> HttpResponse:
    words = _("It says now that you see it too.")
    return _pressed(
        request, slug, pk, lambda: acts.share(request.user, _challenge(request, slug, pk, challenge)), words
    )


def take_back(request: Visit, slug: str, pk: str, challenge: str) -> HttpResponse:
    def back() -> Any:
        return acts.take_back_challenge(request.user, _challenge(request, slug, pk, challenge))

    return _pressed(request, slug, pk, back, _("Your challenge is taken back."))


def _challenge(request: Visit, slug: str, pk: str, challenge: str) -> Challenge:
    rows = Challenge.objects.visible_to(request.user).select_related("practice")
    return get_object_or_404(rows, practice__community__slug=slug, practice=pk, pk=challenge)


def _pressed(request: Visit, slug: str, pk: str, do: Callable[[], Any], words: str) -> HttpResponse:
    """A button has nothing typed to keep: the answer is a sentence above the page of the practice."""
    try:
        do()
        messages.success(request, words)
    except NotPossible as refusal:
        messages.error(request, str(refusal))
    return redirect("practice_by_id", slug, pk)


def _page(request: Visit, practice: Practice, form: ChallengeForm, status: int = 200) -> HttpResponse:
    hindrance = why_not(acts.challenge, request.user, practice)
    context = {"community": practice.community, "practice": practice, "form": form, "hindrance": hindrance}
    return render(request, "objectifying/challenge.jinja", context, status=status)
