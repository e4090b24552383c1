"""The first account of an installation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities import first_code
from commonplace.communities.forms.fields import BrowserZone, OneLine
from commonplace.communities.languages import spoken
from commonplace.communities.models import Person


class FirstAccountForm(forms.Form):
    code = forms.CharField(
        label=_("One-time code"),
        max_length=80,
        help_text=_("The terminal showed it when the server started; the data folder has it as first.code."),
    )
    name = OneLine(label=_("Your name"), max_length=120, help_text=_("As your colleagues know you."))
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    time_zone = BrowserZone()

    def __init__(self, *args: Any, needs_code: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = password_validators_help_text_html()
        if not needs_code:
            del self.fields["code"]

    def clean_code(self) -> str:
        if not first_code.matches(self.cleaned_data["code"]):
            raise forms.ValidationError(
                gettext("This is not the code that the terminal showed. Without one, start the server again.")
            )
        return str(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any]:
        if "password" in self.cleaned_data:
            try:
                validate_password(self.cleaned_data["password"], self._unsaved())
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return self.cleaned_data

    def person(self) -> Person:
        person = self._unsaved()
        person.set_password(self.cleaned_data["password"])
        return person

    def _unsaved(self) -> Person:
        known = {name: self.cleaned_data.get(name, "") for name in ("name", "email", "time_zone")}
        return Person(language=spoken(), **known)
