"""Whom a practice is for, as a part of every form of its text, or as a form of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.consenting.forms.fields import Number
from commonplace.objectifying.audience import EVERYONE, Audience
from commonplace.objectifying.reach import Choice, choices
from commonplace.objectifying.status import AudienceKind
from commonplace.untrusted.scripts import isolated

CHOOSE = _("Choose units from the list.")
FIELDS = ("audience", "units")


def as_typed(audience: Audience) -> dict[str, Any]:
    """What stands in the form at first."""
    return {"audience": audience.kind.value, "units": sorted(audience.units)}


class ForWhom(forms.Form):
    """Three to choose from, with how many people that is now, where `reader` may know; the units below them count for
    one alone."""

    def __init__(self, *args: Any, community: Community, reader: Any, **kwargs: Any) -> None:
        kwargs["initial"] = as_typed(EVERYONE) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        offered = choices(community, reader)
        self.fields["audience"] = forms.ChoiceField(
            label=_("For whom is it?"),
            choices=[(one.code, _shown(one)) for one in offered.kinds],
            widget=forms.RadioSelect,
            required=False,
        )
        if offered.units:
            self.fields["units"] = forms.MultipleChoiceField(
                label=_("Which units?"),
                choices=[(one.code, _shown(one)) for one in offered.units],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=_("Each with the units that lie in it. They count where it is for units."),
                error_messages={"invalid_choice": CHOOSE},
            )

    def for_whom(self) -> Audience | None:
        """None where nothing was said."""
        kind = self.cleaned_data.get("audience")
        if not kind:
            return None
        units = self.cleaned_data.get("units", []) if kind == AudienceKind.UNITS else []
        return Audience(AudienceKind(kind), frozenset(units))


class AudienceForm(ForWhom):
    """`number`: the version that it was shown for; `then`: the page that it came from."""

    number = Number()
    then = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


def _shown(choice: Choice) -> str:
    return f"{isolated(choice.words)} – {choice.people}" if choice.people else choice.words
