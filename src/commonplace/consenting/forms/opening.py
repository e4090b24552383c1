"""Putting something to consent, whatever it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.consenting.forms.fields import Number, day, words
from commonplace.consenting.kinds import Kind
from commonplace.consenting.matter import Matter
from commonplace.consenting.models import Proposal
from commonplace.ledger.ids import LENGTH

FOLDED = ("met_on",)


class ProposeForm(forms.Form):
    """`choice`, `scope` and `review_on` where the matter has them."""

    choice = forms.ChoiceField(label=_("What should become of it?"), widget=forms.RadioSelect)
    aim = words(_("What is it for?"), help_text=_("What gets better if we all do this?"))
    scope = words(_("For whom does it hold?"), rows=2, required=False)
    review_on = day(_("Look at it again on"))
    met_on = day(
        _("Day of the meeting"),
        required=False,
        help_text=_("Everybody asked still says here where they stand: the meeting is only remembered."),
    )
    about = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput)
    number = Number()

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, choice = matter, self.fields["choice"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(code, words) for code, words in matter.choices.items()]
        if not matter.choices:
            del self.fields["choice"]
        if not matter.is_reviewed:
            self.fields["aim"].label, self.fields["aim"].help_text = _("Why?"), ""
            del self.fields["scope"], self.fields["review_on"]

    @property
    def plain(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name not in FOLDED]

    @property
    def folded(self) -> list[forms.BoundField]:
        """What few need; open where it was typed."""
        return [bound for bound in self if bound.name in FOLDED]

    @property
    def is_unfolded(self) -> bool:
        return any(bound.errors or bound.value() for bound in self.folded)

    def proposal(self) -> Proposal:
        return Proposal(matter=Kind(self.matter.kind), **self.cleaned_data)
