"""A practice does not go on: set aside or replaced at once, where nobody agreed on it; else put to consent."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.pages import Visit
from commonplace.consenting.kinds import Kind
from commonplace.ledger.act import why_not
from commonplace.ledger.errors import NotPossible, Reason
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.acts.putting_away import must_be_brought_by_mistake, others_than
from commonplace.objectifying.forms import PutAwayForm
from commonplace.objectifying.models import Practice
from commonplace.objectifying.moves import refusal
from commonplace.objectifying.status import Status
from commonplace.objectifying.views.practices import practice_at

MOST_OTHERS = 500


def new(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    _must_be_theirs(request, practice)
    return _page(request, practice, _form(request, practice))


def create(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    form = _form(request, practice, request.POST)
    if takes_a_round(request, practice):
        return _to_the_round(request, practice, form)
    row = carried_out(form, lambda: _put_away(request, practice, **form.cleaned_data))
    if row is None:
        return _page(request, practice, form, status=422)
    words = _("Its page leads to the other one now.") if row.replacement_id else _("It is set aside.")
    return pages.done(request, words, practice)


def takes_a_round(request: Visit, practice: Practice) -> bool:
    """It was agreed on once; or it was brought in, and is no mistake of theirs."""
    if practice.course.last_agreed:
        return True
    try:
        must_be_brought_by_mistake(request.user, practice)
    except NotPossible:
        return True
    return False


def _kind(request: Visit, practice: Practice) -> dict[str, bool]:
    return {"by_round": takes_a_round(request, practice), "aside": practice.status == Status.SET_ASIDE}


def _put_away(request: Visit, practice: Practice, *, replacement: str, reason: str) -> Any:
    chosen = _any_other(practice, replacement)
    if chosen:
        return acts.replace_practice(request.user, practice, replacement=chosen, reason=reason)
    return acts.set_aside(request.user, practice, reason=reason)


def _to_the_round(request: Visit, practice: Practice, form: PutAwayForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, practice, form, status=422)
    about = form.cleaned_data["replacement"]
    there = reverse("propose", args=[practice.community.slug, Kind.RETIREMENT.value, practice.pk])
    return redirect(f"{there}?{urlencode({'about': about})}" if about else there)


def _must_be_theirs(request: Visit, practice: Practice) -> None:
    """Anybody who belongs puts it to consent; alone it is theirs who pursue it."""
    pages.require(policy.member if takes_a_round(request, practice) else policy.pursuer, request.user, practice)


def _form(request: Visit, practice: Practice, data: Any = None) -> PutAwayForm:
    """Who sees the practice sees those of its community. Where they are too many for a list, any has an address."""
    others = list(others_than(practice).only("title").order_by("title")[: MOST_OTHERS + 1])
    any_other = partial(_any_other, practice) if len(others) > MOST_OTHERS else None
    return PutAwayForm(data, others=others[:MOST_OTHERS], any_other=any_other, **_kind(request, practice))


def _any_other(practice: Practice, pk: str) -> Practice | None:
    return others_than(practice).select_related("community").filter(pk=pk).first() if pk else None


def _hindrance(request: Visit, practice: Practice) -> Reason:
    if takes_a_round(request, practice):
        refused = refusal("proposal.opened", practice.status, Kind.RETIREMENT)
        return Reason(_(refused)) if refused else Reason()
    if practice.status == Status.SET_ASIDE:
        return why_not(acts.replace_practice, request.user, practice)
    return why_not(acts.set_aside, request.user, practice)


def _page(request: Visit, practice: Practice, form: PutAwayForm, status: int = 200) -> HttpResponse:
    context = {
        "community": practice.community,
        "practice": practice,
        "form": form,
        **_kind(request, practice),
        "hindrance": _hindrance(request, practice),
    }
    return render(request, "objectifying/put_away.jinja", context, status=status)
