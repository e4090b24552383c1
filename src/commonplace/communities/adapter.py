"""Where the sign-in library meets our acts: who may sign up, and how a person comes to be."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as here
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities import acts, invited
from commonplace.communities.languages import spoken
from commonplace.communities.models import Experience, Installation, Person

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take it; the log says why."""


def display(person: Person) -> str:
    return person.known_as


class Door(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Too many failed tries. Try again in some minutes, or ask the operator for a sign-in link: it lets you in."
        ),
    }

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Few wrong passwords from one place; of all places many more: whoever knows an address shuts nobody out."""
        key = f"{credentials.get('email', '').lower()} {self.get_client_ip(request)}"
        tried = ratelimit.consume(request, app="allauth.account", action="login_failed_from_here", key=key)
        if not tried:
            raise self.validation_error("too_many_login_attempts")
        person = super().authenticate(request, **credentials)
        if person:
            tried.rollback()
        return person

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open if the operator allows it, or with a good invitation in hand."""
        return Installation.current().open_signup or invited.recalled(request) is not None

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name, user.email = form.cleaned_data["name"], form.cleaned_data["email"].lower()
        user.time_zone, user.language = form.cleaned_data["time_zone"], spoken()
        user.set_password(form.cleaned_data["password1"])
        experience = form.cleaned_data.get("experience", Experience.UNSAID)
        return self._signed_up(request, user, experience) if commit else user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        landing: str = request.session.pop(invited.LANDING, "") or super().get_signup_redirect_url(request)
        return landing

    def login(self, request: HttpRequest, user: Any) -> None:
        """What is said from here on is said in their language, on the page that lets them in too."""
        super().login(request, user)
        if user.language:
            translation.activate(user.language)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A new account is there also when its letter does not go out; a letter that was asked for is the whole."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            log.error("The mail server did not take a letter: %s", error)
            if "password_reset" in template_prefix or "unknown_account" in template_prefix:
                raise NotSent from error
            messages.error(here.request, _("The mail to %(email)s could not be sent just now.") % {"email": email})

    def _signed_up(self, request: HttpRequest, person: Person, experience: Experience) -> Person:
        acts.sign_up(person, Installation.current(), secret=invited.secret_of(request))
        invited.take_up(request, person, experience)
        return person


class SecondFactor(DefaultMFAAdapter):
    """Where no mail is sent there is nothing to confirm, and this is never said."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "unverified_email": gettext_lazy(
            "First confirm each of your e-mail addresses, or remove the ones that are not confirmed: "
            "your account's page of addresses sends the letter again."
        ),
    }
