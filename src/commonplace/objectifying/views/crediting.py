"""Whom a practice credits, corrected before it is put to consent."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import pages
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit
from commonplace.ledger.act import why_not
from commonplace.ledger.forms import carried_out
from commonplace.objectifying import acts, policy
from commonplace.objectifying.acts.crediting import who_may_be_credited
from commonplace.objectifying.forms import CreditsForm
from commonplace.objectifying.models import CreditKind, Practice
from commonplace.objectifying.views.practices import practice_at


def edit(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    pages.require(policy.pursuer, request.user, practice)
    known = list(practice.credits.values_list("kind", "person"))
    initial = {
        "authors": [person for kind, person in known if kind == CreditKind.AUTHOR],
        "contributors": [person for kind, person in known if kind == CreditKind.CONTRIBUTOR],
    }
    return _page(request, practice, CreditsForm(initial=initial, people=_people(practice)))


def update(request: Visit, slug: str, pk: str) -> HttpResponse:
    practice = practice_at(request, slug, pk)
    people = _people(practice)
    form = CreditsForm(request.POST, people=people)
    row = carried_out(form, lambda: acts.credit(request.user, practice, **_named(form, people)))
    if row is None:
        return _page(request, practice, form, status=422)
    return pages.done(request, _("The credits are as you named them."), practice)


def _named(form: CreditsForm, people: list[Person]) -> Any:
    return {name: [one for one in people if one.pk in chosen] for name, chosen in form.cleaned_data.items()}


def _people(practice: Practice) -> list[Person]:
    return list(Person.objects.filter(pk__in=who_may_be_credited(practice)).order_by("name", "pk"))


def _page(request: Visit, practice: Practice, form: CreditsForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"community": practice.community, "practice": practice, "form": form}
    context["hindrance"] = why_not(acts.credit, request.user, practice)
    return render(request, "objectifying/credits.jinja", context, status=status)
