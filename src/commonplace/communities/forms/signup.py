"""Signing up asks for a name besides what the sign-in library asks for."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine


class NameForm(forms.Form):
    name = OneLine(label=_("Your name"), max_length=120, help_text=_("As your colleagues know you."))
    field_order = ["name", "email", "password1", "password2"]

    def signup(self, request: HttpRequest, person: Any) -> None:
        """Called by the sign-in library after the person is saved; the adapter has taken the name already."""
