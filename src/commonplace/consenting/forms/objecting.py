"""Objecting for somebody who prefers not to be named, saying how one understands an objection, and settling it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine, PartForm
from commonplace.consenting.forms.fields import GroundField, Number, words
from commonplace.consenting.kinds import How
from commonplace.consenting.lengths import LONGEST_HEARD


class ObjectForm(PartForm):
    ground = GroundField(label=_("On which ground do they object?"))
    harm = words(_("What harm would it do?"))


class RestateForm(PartForm):
    heard_as = OneLine(
        label=_("What harm do you hear?"),
        max_length=LONGEST_HEARD,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In your own words. Whoever raised it says whether that is what they mean."),
    )


class UnderstoodForm(PartForm):
    """`seen`: the words that the page showed."""

    seen = OneLine(widget=forms.HiddenInput)


class SettleForm(PartForm):
    """`how` is the button pressed."""

    how = forms.TypedChoiceField(
        choices=[(how.value, how.value) for how in (How.CHANGE, How.WITHDRAWN, How.TAKEN_UP)],
        coerce=How,
        widget=forms.HiddenInput,
    )
    number = Number()


class ReadForm(PartForm):
    """The button pressed says it all; of the text that was shown with it."""

    number = Number()
