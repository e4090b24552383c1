"""What the operator types: many people at once, what kind of account one is, and the installation's own settings."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities import addresses, roster
from commonplace.communities.forms.fields import OneLine
from commonplace.communities.models import Community


class RosterForm(forms.Form):
    """`ready` carries who was shown for confirmation: nobody comes unseen."""

    community = forms.ChoiceField(
        label=_("Put them into"),
        required=False,
        help_text=_("Communities that you facilitate; into others people come by invitation."),
    )
    people = forms.CharField(
        label=_("People"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "One a line: name, e-mail address, unit. From a spreadsheet, copy and paste, with its headings; "
            "from a mail, copy its recipients. You see what was understood before anybody is added."
        ),
    )
    ready = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.communities = communities
        named = [(community.pk, community.title) for community in communities]
        self.fields["community"].choices = [("", _("No community yet")), *named]  # type: ignore[attr-defined]
        if len(named) == 1:
            self.initial.setdefault("community", named[0][0])

    def clean(self) -> dict[str, Any]:
        """Sets `roster`, what the text area says, and `kept`, who was shown for confirmation."""
        self.kept, text = roster.kept(self.cleaned_data.get("ready", "")), self.cleaned_data.get("people", "")
        self.known = addresses.taken(one.email for one in (*self.kept, *roster.read(text).people.values()))
        self.roster = roster.read(text, self.known)
        return self.cleaned_data

    def shown(self) -> "RosterForm":
        """With all that was typed, and who was understood."""
        understood = [*self.roster.people.values(), *self.roster.here.values()]
        return self._with(self.cleaned_data["people"], ready=roster.packed(understood))

    def rest(self, done: Collection[str]) -> "RosterForm":
        """With what is left to do; whoever has an account since this form was sent is no reason to stop at."""
        return self._with(roster.read(self.cleaned_data["people"], self.known - set(done)).rest(done))

    def _with(self, text: str, ready: str = "") -> "RosterForm":
        initial = {"people": text, "ready": ready, "community": self.cleaned_data["community"]}
        return RosterForm(communities=self.communities, initial=initial)

    def chosen(self) -> Community | None:
        return next((one for one in self.communities if one.pk == self.cleaned_data["community"]), None)


class BotForm(forms.Form):
    bot = forms.BooleanField(required=False)


class InstallationForm(forms.Form):
    name = OneLine(label=_("Name of this installation"), max_length=80)
    open_signup = forms.BooleanField(
        label=_("Anybody who reaches this address may make an account"),
        required=False,
        help_text=_("Otherwise people come by invitation, or you add them."),
    )
