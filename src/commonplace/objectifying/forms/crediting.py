"""Whom a practice credits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person


class CreditsForm(forms.Form):
    authors = forms.MultipleChoiceField(
        label=_("Whose knowledge is it?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("They are credited as authors."),
    )  # fmt: skip
    contributors = forms.MultipleChoiceField(
        label=_("Who else contributed?"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Whoever is quoted is one of them, or an author. Who wrote it down is credited as scribe anyway."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(person.pk, person.called) for person in people]
        for field in self.fields.values():
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices
