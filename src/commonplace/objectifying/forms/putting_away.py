"""Why a practice does not go on, and which other people use instead."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.objectifying.forms.texts import words
from commonplace.objectifying.models import Practice

ID_IN_ADDRESS = re.compile(r"/practices/([0-9a-z]{26})\b")


class PutAwayForm(forms.Form):
    """`by_round`: the reason is typed where it is put to consent. `aside`: it was set aside; another must stand in.
    `others`: those that the list shows; `any_other`: gives the one with an id, if it could stand in, where there are
    more."""

    replacement = forms.ChoiceField(
        label=_("Which practice do people use instead?"), required=False, help_text=_("None, if there is none.")
    )
    elsewhere = forms.CharField(
        label=_("Address of a practice that the list does not show"), max_length=400, required=False,
        help_text=_("The list has the first by title. Copy the address of another from your browser."),
    )  # fmt: skip
    reason = words(_("Why?"), rows=3)

    def __init__(
        self,
        *args: Any,
        others: Iterable[Practice],
        by_round: bool,
        aside: bool = False,
        any_other: Callable[[str], Practice | None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.any_other, self.aside = any_other, aside
        field = self.fields["replacement"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one") if aside else _("None")), *((one.pk, one.title) for one in others)]
        if aside:
            field.required, field.help_text = any_other is None, ""
        if any_other is None:
            del self.fields["elsewhere"]
        if by_round:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = {**self.cleaned_data}
        address = typed.pop("elsewhere", "")
        if address and self.any_other:
            match = ID_IN_ADDRESS.search(address)
            other = self.any_other(match[1]) if match else None
            if other is None:
                self.add_error("elsewhere", _("No practice of this community that could stand in is at this address."))
            typed["replacement"] = other.pk if other else ""
        elif self.aside and not typed.get("replacement") and not self.errors:
            self.add_error("replacement", _("Choose one"))
        return typed
