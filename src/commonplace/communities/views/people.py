"""For the operator: people by name and address, one-time links to hand out, and which accounts are bots."""

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy, secrets
from commonplace.communities.forms.people import BotForm
from commonplace.communities.limits import limited
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded


def index(request: Visit) -> HttpResponse:
    return _page(request)


def _page(request: Visit, refusal: forms.Form | None = None, status: int = 200) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query, unit = typed(request), typed(request, "unit")
    named = Q(name__folded__contains=folded(query)) | Q(email__icontains=query)
    matches = Person.objects.accounts().select_related("unit").filter(named, *([Q(unit=unit)] if unit else []))
    page = listed(matches, request.GET, 50, by=("name", "pk"))
    return render(
        request,
        "communities/people.jinja",
        {"page": page, "query": query, "unit": unit, "refusal": refusal},
        status=status,
    )


@limited("links", most=120, minutes=10)
def create_link(request: Visit, pk: str) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    person = get_object_or_404(Person.objects.accounts(), pk=pk)
    secret, form = secrets.fresh(), forms.Form(request.POST)
    issued = carried_out(form, lambda: acts.issue_sign_in_link(request.user, person, secret=secret))
    link = request.build_absolute_uri(reverse("sign_in_link", args=[secret])) if issued else ""
    context = {"person": person, "issued": issued, "link": link, "refusal": form}
    return render(request, "communities/link.jinja", context, status=200 if issued else 422)


def update_bot(request: Visit, pk: str) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    person, form = get_object_or_404(Person.objects.accounts(), pk=pk), BotForm(request.POST)
    changed = carried_out(form, lambda: acts.set_bot(request.user, person, bot=form.cleaned_data["bot"]))
    return pages.done(request, _kind(changed), "people") if changed else _page(request, form, status=422)


def _kind(person: Person) -> str:
    words = _("%(name)s is a bot: what it does is in no figure.") if person.is_bot else _("%(name)s is a person.")
    return words % {"name": person.name}
