"""Challenging what is accepted, and saying in a review that it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.files.forms import WithFiles
from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import GROUNDS, Challenge


class ChallengeForm(WithFiles):
    into = "case"
    field_order = ("ground", "reason", "case", "files")
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
    """`failed`: a failed report is named by no version and no challenge, and nobody has said why it holds."""

    reason = words(_("Why does it hold?"), rows=3, required=False)

    def __init__(self, *args: Any, failed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if failed:
            reason = self.fields["reason"]
            reason.required, reason.label = True, _("Why does it hold, where it failed?")
            reason.help_text = _("No version and no challenge names what failed: say why it holds all the same.")
