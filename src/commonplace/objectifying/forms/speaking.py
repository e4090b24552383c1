"""Opening a round, speaking in it, deciding it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import PartForm
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import STANDS, Proposal, Version
from commonplace.objectifying.status import Outcome


class ProposeForm(forms.Form):
    aim = words(_("What is it for?"), rows=3, help_text=_("What gets better if we all do this?"))
    scope = words(_("For whom does it hold?"), rows=2, required=False)
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def proposal(self, version: Version) -> Proposal:
        return Proposal(version=version, **self.cleaned_data)


class StanceForm(PartForm):
    """The button pressed is the stance."""

    reason = words(
        _("Your reason, or your concern"),
        rows=3,
        required=False,
        help_text=_("Needed for a concern and for an objection."),
    )
    stance = forms.ChoiceField(
        choices=[(code.value, words) for code, words in STANDS.items()], widget=forms.HiddenInput
    )

    def stand(self) -> Stand:
        return Stand(self.cleaned_data["stance"])


class SettleObjectionForm(PartForm):
    """`how` is the button pressed."""

    how = forms.ChoiceField(choices=[("change", "change"), ("withdrawn", "withdrawn")], widget=forms.HiddenInput)


class DecideForm(PartForm):
    reason = words(
        _("The reason"),
        rows=3,
        required=False,
        help_text=_("Needed when it is not accepted; it stays with the practice."),
    )
    outcome = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)],
        widget=forms.HiddenInput,
    )
