"""Objecting for somebody who prefers not to be named, and settling an objection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import PartForm
from commonplace.consenting.forms.fields import GroundField, words
from commonplace.consenting.kinds import How


class ObjectForm(PartForm):
    ground = GroundField(label=_("On which ground do they object?"))
    harm = words(_("What harm would it do?"))


class SettleForm(PartForm):
    """`how` is the button pressed."""

    how = forms.TypedChoiceField(
        choices=[(how.value, how.value) for how in (How.CHANGE, How.WITHDRAWN, How.TAKEN_UP)],
        coerce=How,
        widget=forms.HiddenInput,
    )
