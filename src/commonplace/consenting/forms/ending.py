"""Moving a round to a newer text, taking it back, ending it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import PartForm
from commonplace.consenting.forms.fields import Number, words
from commonplace.consenting.kinds import Outcome

ENDS = (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)


class AmendForm(PartForm):
    number = Number()


class WithdrawForm(PartForm):
    reason = words(_("Why do you take it back?"), rows=2, help_text=_("For those who have spoken already."))


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
