"""Challenging what is accepted, and saying in a review that it holds."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import GROUNDS, Challenge


class ChallengeForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=[(code.value, words) for code, words in GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    reason = words(_("What does not hold?"), rows=3)
    case = words(_("What happened?"), rows=3, required=False, help_text=_("Where, when, on what. One case is enough."))
    application = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    number = forms.IntegerField(required=False, min_value=0, max_value=30_000, widget=forms.HiddenInput)

    def challenge(self) -> Challenge:
        return Challenge(**self.cleaned_data)


class ReaffirmForm(forms.Form):
    reason = words(
        _("Why does it hold, where it failed?"),
        rows=3,
        required=False,
        help_text=_("Needed where a failed report is named by no version and no challenge."),
    )
