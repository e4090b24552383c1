"""Why a practice does not go on, and which other people use instead."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import Practice


class PutAwayForm(forms.Form):
    """`by_round`: the reason is typed where it is put to consent. `aside`: it was set aside; another must stand in."""

    replacement = forms.ChoiceField(
        label=_("Which practice do people use instead?"), required=False, help_text=_("None, if there is none.")
    )
    reason = words(_("Why?"), rows=3)

    def __init__(
        self, *args: Any, others: Iterable[Practice], by_round: bool, aside: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["replacement"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one") if aside else _("None")), *((one.pk, one.title) for one in others)]
        if aside:
            field.required, field.help_text = True, ""
        if by_round:
            del self.fields["reason"]
