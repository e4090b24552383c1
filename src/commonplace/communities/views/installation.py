"""The operator's page: what holds for the whole installation, and communities by name and size, never by content."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy
from commonplace.communities.contributions import panels
from commonplace.communities.forms.people import InstallationForm
from commonplace.communities.models import Community, Installation, Person
from commonplace.communities.pages import Visit
from commonplace.communities.paging import listed
from commonplace.ledger.forms import carried_out
from commonplace.ledger.jobs import backlog


def show(request: Visit) -> HttpResponse:
    installation = Installation.current()
    return _page(
        request, InstallationForm(initial={"name": installation.name, "open_signup": installation.open_signup})
    )


def update(request: Visit) -> HttpResponse:
    form = InstallationForm(request.POST)
    changed = carried_out(
        form, lambda: acts.set_installation(request.user, Installation.current(), **form.cleaned_data)
    )
    return pages.done(request, _("Saved."), "operator") if changed else _page(request, form, status=422)


def _page(request: Visit, form: InstallationForm, status: int = 200) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    page = listed(Community.objects.for_operator(), request.GET, 50, by=("title", "pk"))
    context = {"form": form, "page": page, "people": Person.objects.accounts().count()}
    context["panels"] = panels(request.user, Installation.current())
    context["k"] = settings.K_ANONYMITY
    context["given_up"] = backlog.given_up().count()
    return render(request, "communities/operator.jinja", context, status=status)
