"""The operator's pages of the whole installation: its settings, and communities by name and size, never by content."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from commonplace.communities import acts, pages, policy
from commonplace.communities.forms.people import InstallationForm
from commonplace.communities.models import Community, Installation
from commonplace.communities.pages import Visit, typed
from commonplace.communities.paging import listed
from commonplace.ledger.forms import carried_out
from commonplace.untrusted.visible import folded

PAGE = 50


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
    return pages.done(request, _("Saved."), "installation") if changed else _page(request, form, status=422)


def communities(request: Visit) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    query, alone = typed(request), bool(typed(request, "untended"))
    every = Community.objects.for_operator()
    matching = every.filter(title__folded__contains=folded(query)) if query else every
    page = listed(matching.untended() if alone else matching, request.GET, PAGE, by=("title", "pk"))
    shown = [one.pk for one in page]
    context = {
        "page": page,
        "query": query,
        "alone": alone,
        "chosen": urlencode({"q": query, "untended": "yes" if alone else ""}),
        "untended": set(every.filter(pk__in=shown).untended().order_by().values_list("pk", flat=True)),
        "k": settings.K_ANONYMITY,
    }
    return render(request, "communities/operated.jinja", context)


def _page(request: Visit, form: InstallationForm, status: int = 200) -> HttpResponse:
    pages.require(policy.operator, request.user, None)
    return render(request, "communities/installation.jinja", {"form": form}, status=status)
