"""Where the sign-in library meets our acts: who may sign up, and how a person comes to be."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from commonplace.communities import acts, invited, zones
from commonplace.communities.models import Experience, Installation, Person


def display(person: Person) -> str:
    return person.known_as


class Door(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open if the operator allows it, or with a good invitation in hand."""
        return Installation.current().open_signup or invited.recalled(request) is not None

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name, user.email = form.cleaned_data["name"], form.cleaned_data["email"].lower()
        user.time_zone = zones.of_the_server()
        user.set_password(form.cleaned_data["password1"])
        experience = form.cleaned_data.get("experience", Experience.UNSAID)
        return self._signed_up(request, user, experience) if commit else user

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        landing: str = request.session.pop(invited.LANDING, "") or super().get_signup_redirect_url(request)
        return landing

    def _signed_up(self, request: HttpRequest, person: Person, experience: Experience) -> Person:
        acts.sign_up(person, Installation.current(), secret=invited.secret_of(request))
        invited.take_up(request, person, experience)
        return person
