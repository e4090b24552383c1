"""One-time links: a way in without a password, and to a new one."""

from allauth.account.forms import SetPasswordForm
from allauth.account.signals import password_set
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from commonplace.communities import acts, by_link, zones
from commonplace.communities.languages import spoken
from commonplace.communities.limits import limited
from commonplace.communities.models import Person, SignInLink
from commonplace.communities.pages import Visit
from commonplace.ledger.forms import carried_out


@login_not_required
@never_cache
@limited("one-time link", most=60, minutes=10)
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening it does nothing yet: programs that look at links would spend it."""
    link = SignInLink.objects.with_secret(secret).select_related("person").first()
    if link is None or not link.is_fresh() or not link.person.is_active:
        return render(request, "communities/link_over.jinja", status=404)
    if request.method == "POST":
        return _let_in(request, link, secret)
    return render(request, "communities/sign_in.jinja", {"person": link.person})


def _let_in(request: HttpRequest, link: SignInLink, secret: str) -> HttpResponse:
    """A second factor, where there is one, is still asked for."""
    form = forms.Form(request.POST)
    taken = carried_out(form, lambda: acts.take_sign_in_link(link.person, link, secret=secret))
    if taken is None:
        return render(request, "communities/link_over.jinja", status=404)
    if link.person.last_login is None:
        _settle_in(link.person, request.POST.get("time_zone", ""))
    logout(request)
    by_link.note(request, link.person)
    response: HttpResponse = perform_login(request, link.person, redirect_url=reverse("new_password"))
    return response


def _settle_in(person: Person, zone: str) -> None:
    """Who was added by somebody else has now shown where they are and what they speak."""
    own = {"language": person.language or spoken(), "time_zone": person.time_zone or zones.of_the_browser(zone)}
    acts.edit_profile(person, person, **own)


@never_cache
def edit(request: Visit) -> HttpResponse:
    if not by_link.may_set_password(request):
        return redirect("account_change_password")
    return render(request, "communities/password.jinja", {"form": SetPasswordForm(request.user)})


@sensitive_post_parameters()
def update(request: Visit) -> HttpResponse:
    if not by_link.may_set_password(request):
        return redirect("account_change_password")
    form = SetPasswordForm(request.user, request.POST)
    if not form.is_valid():
        return render(request, "communities/password.jinja", {"form": form}, status=422)
    form.save()
    by_link.forget(request)
    update_session_auth_hash(request, request.user)
    password_set.send(sender=type(request.user), request=request, user=request.user)
    messages.success(request, _("The new password is set. Other sessions have ended."))
    return redirect("home")
