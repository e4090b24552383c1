"""Signing up asks for a name besides what the sign-in library asks for, and who was invited, for their experience."""

from typing import Any

from allauth.core import context
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commonplace.communities import invited
from commonplace.communities.forms.fields import BrowserZone, ExperienceField, OneLine


class NameForm(forms.Form):
    name = OneLine(label=_("Your name"), max_length=120, help_text=_("As your colleagues know you."))
    experience = ExperienceField()
    time_zone = BrowserZone()
    field_order = ["name", "email", "password1", "password2", "experience"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = invited.in_hand if self.is_bound else invited.recalled
        self.invitation = held(context.request) if context.request else None
        if self.invitation is None or self.invitation.role:
            del self.fields["experience"]

    def signup(self, request: HttpRequest, person: Any) -> None:
        """Called by the sign-in library after the person is saved; the adapter has taken the name already."""
