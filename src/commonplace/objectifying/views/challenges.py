"""Challenging what is accepted, and proposing how to settle it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.forms import ChallengeForm, SettlementForm
from commonplace.objectifying.models import Challenge, Practice
from commonplace.objectifying.terms import terms
from commonplace.objectifying.views.practices import agreed, practice_at, why_not_settle


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.member, request.user, practice)
    return _page(request, practice, ChallengeForm(initial={"application": request.GET.get("application", "")}))


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice, form = practice_at(request, slug, pk), ChallengeForm(request.POST)
    row = carried_out(form, lambda: acts.challenge(request.user, practice, challenge=form.challenge()))
    return redirect(practice) if row else _page(request, practice, form, status=422)


def new_settlement(request: Visit, slug: str, pk: str, challenge: str) -> HttpResponse:
    practice, row = practice_at(request, slug, pk), _raised(request, pk, challenge)
    pages.require(policy.member, request.user, practice)
    return _settlement_page(request, practice, row, SettlementForm())


def create_settlement(request: Visit, slug: str, pk: str, challenge: str) -> HttpResponse:
    practice, row = practice_at(request, slug, pk), _raised(request, pk, challenge)
    form, version = SettlementForm(request.POST), agreed(practice)
    proposal = carried_out(form, lambda: acts.propose(request.user, practice, proposal=form.proposal(row, version)))
    return redirect(proposal) if proposal else _settlement_page(request, practice, row, form, status=422)


def _raised(request: Visit, practice: str, challenge: str) -> Challenge:
    challenges = Challenge.objects.visible_to(request.user).select_related("raised_by")
    return get_object_or_404(challenges, practice=practice, pk=challenge)


def _page(request: Visit, practice: Practice, form: ChallengeForm, status: int = 200) -> HttpResponse:
    hindrance = why_not(acts.challenge, request.user, practice)
    context = {"community": practice.community, "practice": practice, "form": form, "hindrance": hindrance}
    return render(request, "objectifying/challenge.jinja", context, status=status)


def _settlement_page(
    request: Visit, practice: Practice, challenge: Challenge, form: SettlementForm, status: int = 200
) -> HttpResponse:
    context = {
        "community": practice.community,
        "practice": practice,
        "challenge": challenge,
        "form": form,
        "terms": terms(practice.community),
        "hindrance": why_not_settle(request.user, practice, challenge),
    }
    return render(request, "objectifying/settlement.jinja", context, status=status)
