"""Moving a round to a newer text, taking it back, ending it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import PartForm
from commonplace.consenting.forms.fields import Number, words
from commonplace.consenting.kinds import Outcome, TakenBack
from commonplace.consenting.models import TAKEN_BACK

ENDS = (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)


class AmendForm(PartForm):
    number = Number()


class WithdrawForm(PartForm):
    why = forms.TypedChoiceField(
        label=_("Why do you take it back?"), coerce=TakenBack,
        choices=[("", _("choose")), *((code.value, words) for code, words in TAKEN_BACK.items())],
    )  # fmt: skip
    reason = words(_("In your own words"), rows=2, help_text=_("For those who have spoken already."))


class DecideForm(PartForm):
    """The button pressed is the outcome."""

    reason = words(
        _("The reason"),
        rows=2,
        required=False,
        help_text=_("It stays with the round, for those who wrote the text and those who will look for it."),
    )
    outcome = forms.TypedChoiceField(
        choices=[(one.value, one.value) for one in ENDS], coerce=Outcome, widget=forms.HiddenInput
    )
