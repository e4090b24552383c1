"""Where the sign-in library meets our acts: who may sign up, and how a person comes to be."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from commonplace.communities import acts
from commonplace.communities.models import Installation, Person


def display(person: Person) -> str:
    return person.name


class Door(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open if the operator allows it, or with an invitation in hand."""
        return Installation.current().open_signup or "invitation" in request.session

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        user.name, user.email = form.cleaned_data["name"], form.cleaned_data["email"].lower()
        user.set_password(form.cleaned_data["password1"])
        return acts.sign_up(user, Installation.current()) if commit else user
