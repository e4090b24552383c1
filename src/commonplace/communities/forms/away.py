"""Saying that one is away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person


class AwayForm(forms.Form):
    """`members`: who can stand in; where nobody does, it is not asked."""

    until = forms.DateField(
        label=_("I am away until"),
        help_text=_("To the end of that day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    stand_in = forms.ChoiceField(
        label=_("Who stands in for me"),
        required=False,
        help_text=_(
            "They tend the community meanwhile, and are told so at once. They give and end no roles, and have no "
            "facilitator's part in rounds."
        ),
    )

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {one.pk: one for one in members}
        if not members:
            del self.fields["stand_in"]
            return
        self.fields["stand_in"].error_messages["invalid_choice"] = _("Choose a member of the community.")
        self.fields["stand_in"].choices = [("", _("Nobody")), *((one.pk, one.called) for one in members)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        name = self.cleaned_data.get("stand_in") or ""
        return {"until": self.cleaned_data["until"], "stand_in": self._people.get(name)}
