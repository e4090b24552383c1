"""Whom a facilitator invites: a pasted list of addresses, of which nothing is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities import roster


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

    def clean(self) -> dict[str, Any]:
        """Sets `addresses`, and `unread`: what is none. Of a list without any, no letter and no link is made."""
        self.addresses, self.unread = roster.addresses(self.cleaned_data.get("people", ""))
        if self.unread and not self.addresses:
            self.add_error(
                "people", gettext("No address was read in this list. Correct it, or empty it for a link alone.")
            )
        return self.cleaned_data
