"""Fields that several forms of a round share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.consenting.kinds import Ground
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.consenting.models import GROUNDS


def words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    kwargs = {"max_length": LONGEST_PART, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs}
    return forms.CharField(label=label, **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **kwargs)


class GroundField(forms.TypedChoiceField):
    """On which ground somebody objects."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("choose")), *((code.value, words) for code, words in GROUNDS.items())]
        named = {"label": _("On which ground?"), "coerce": Ground, "empty_value": None, **kwargs}
        super().__init__(choices=choices, **named)


class Number(forms.IntegerField):
    """Of the text that was shown with the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=32_000, widget=forms.HiddenInput, **kwargs)
