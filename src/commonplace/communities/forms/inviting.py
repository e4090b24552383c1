"""Whom a facilitator invites: a pasted list of addresses, of which nothing is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities import roster
from commonplace.communities.models import RoleKind


class Whom(forms.ChoiceField):
    """One of its ways is always chosen: whoever sends none invites members."""

    def clean(self, value: Any) -> Any:
        return "" if value in self.empty_values else super().clean(value)


class InviteForm(forms.Form):
    people = forms.CharField(
        label=_("Addresses"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "Pasted from a list or a mail, in any order. You get the link, and a letter to all of them to send from "
            "your own mail program. No address is kept here."
        ),
    )

    role = Whom(
        label=_("Whom you invite"),
        choices=[("", _("Members")), (RoleKind.SPONSOR.value, _("A sponsor from outside"))],
        widget=forms.RadioSelect,
        help_text=_("A sponsor's link offers that role to one person, once, and no membership: they see no person."),
    )
    field_order = ["role", "people"]

    def clean_role(self) -> RoleKind | None:
        return RoleKind(self.cleaned_data["role"]) if self.cleaned_data["role"] else None

    def clean(self) -> dict[str, Any]:
        """Sets `addresses`, and `unread`: what is none. Of a list without any, no letter and no link is made."""
        self.addresses, self.unread = roster.addresses(self.cleaned_data.get("people", ""))
        if self.unread and not self.addresses:
            self.add_error(
                "people", gettext("No address was read in this list. Correct it, or empty it for a link alone.")
            )
        if self.cleaned_data.get("role") and len(self.addresses) > 1:
            self.add_error("people", gettext("A sponsor's link is for one person: leave one address, or none."))
        return self.cleaned_data
