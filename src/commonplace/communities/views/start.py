"""The first visit: one account, signed in at once, then a community."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from commonplace.communities import acts, first_code
from commonplace.communities.forms.start import FirstAccountForm
from commonplace.communities.limits import limited
from commonplace.communities.loopback import is_loopback
from commonplace.communities.models import Installation, Person
from commonplace.ledger.forms import carried_out


@login_not_required
@never_cache
@limited("first account", most=30, minutes=10)
def index(request: HttpRequest) -> HttpResponse:
    if not first_code.is_needed():
        return redirect("home")
    form = FirstAccountForm(request.POST or None, needs_code=not is_loopback(request))
    if request.method == "POST":
        person = carried_out(form, lambda: acts.sign_up(form.person(), Installation.current(), first=True))
        if person:
            return _welcome(request, person)
    return render(request, "communities/start.jinja", {"form": form}, status=422 if form.is_bound else 200)


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    first_code.remove()
    response: HttpResponse = perform_login(request, person, redirect_url=reverse("found"), signup=True)
    return response
