"""Challenging what is accepted, and proposing how to settle it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import ENDS, Challenge, Proposal, Version


class ChallengeForm(forms.Form):
    reason = words(_("What does not hold?"), rows=3)
    case = words(_("What happened?"), rows=3, required=False, help_text=_("Where, when, on what. One case is enough."))
    application = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)

    def challenge(self) -> Challenge:
        return Challenge(**self.cleaned_data)


class SettlementForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What should become of the practice?"), widget=forms.RadioSelect,
        choices=[(code.value, words) for code, words in ENDS.items()],
    )  # fmt: skip
    aim = words(_("Why?"), rows=3)

    def proposal(self, challenge: Challenge, version: Version) -> Proposal:
        typed = self.cleaned_data
        return Proposal(version=version, challenge=challenge, proposed_outcome=typed["outcome"], aim=typed["aim"])
