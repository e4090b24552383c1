"""Another rule, as somebody would have it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.community import RuleForm
from commonplace.communities.models import Visibility


class DraftForm(RuleForm):
    visibility = forms.ChoiceField(label=_("Who may read here"), choices=Visibility.choices, widget=forms.RadioSelect)

    def terms(self) -> dict[str, Any]:
        return {**self.rule(), "visibility": self.cleaned_data["visibility"]}
