"""For the operator: people by name and address, and one-time links to hand out."""

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from commonplace.communities import acts, pages, policy, secrets
from commonplace.communities.limits import limited
from commonplace.communities.models import Person
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded


def index(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query = typed(request)
    named = Q(name__folded__contains=folded(query)) | Q(email__icontains=query)
    matches = Person.objects.accounts().select_related("unit").filter(named)
    page = listed(matches, request.GET, 50, by=("name", "pk"))
    return render(request, "communities/people.jinja", {"page": page, "query": query})


@limited("links", most=120, minutes=10)
def create_link(request: Visit, pk: str) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    person = get_object_or_404(Person.objects.accounts(), pk=pk)
    secret, form = secrets.fresh(), forms.Form(request.POST)
    issued = carried_out(form, lambda: acts.issue_sign_in_link(request.user, person, secret=secret))
    link = request.build_absolute_uri(reverse("sign_in_link", args=[secret])) if issued else ""
    context = {"person": person, "issued": issued, "link": link, "refusal": form}
    return render(request, "communities/link.jinja", context, status=200 if issued else 422)
