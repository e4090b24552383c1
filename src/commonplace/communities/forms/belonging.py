"""Asking to join, and giving roles."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import ExperienceField, words
from commonplace.communities.models import Person, Role, RoleKind


class JoinForm(forms.Form):
    experience = ExperienceField()


class RequestForm(JoinForm):
    words = words(_("A few words to the facilitators"), required=False, help_text=_("Who you are, what brings you."))
    field_order = ("words", "experience")


class GrantForm(forms.Form):
    """A member from the list, or, for a sponsor, anybody by their address."""

    kind = forms.ChoiceField(label=_("Role"), choices=RoleKind.choices, widget=forms.RadioSelect)
    person = forms.ChoiceField(label=_("Member"), required=False)
    email = forms.EmailField(
        label=_("Or somebody from outside, by e-mail address"),
        required=False,
        help_text=_("Only a sponsor may serve from outside."),
    )

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "grant_%s", **kwargs})
        self.fields["person"].choices = _chosen_from(members)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The cause is named beside the field, which keeps what was typed."""
        chosen, email = self.cleaned_data.get("person"), self.cleaned_data.get("email")
        if chosen and email:
            self.add_error("email", gettext("Choose a member or type an address, not both."))
        elif email and not Person.objects.of_address(email):
            words = gettext("Nobody here has the address %(email)s. Whoever is to serve needs an account first.")
            self.add_error("email", words % {"email": email})
        elif not chosen and not email and not self.errors:
            raise forms.ValidationError(
                gettext("Choose a member, or type the address of somebody who has an account here.")
            )
        person = Person.objects.filter(pk=chosen).first() if chosen else Person.objects.of_address(email or "")
        return self.cleaned_data | {"person": person}

    def grant(self) -> dict[str, Any]:
        return {"person": self.cleaned_data["person"], "kind": RoleKind(self.cleaned_data["kind"])}


class HandOverForm(forms.Form):
    role = forms.ChoiceField(label=_("Which role"))
    successor = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *args: Any, members: Sequence[Person], roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "hand_over_%s", **kwargs})
        named = [(role.pk, f"{role.get_kind_display()} · {role.person.called}") for role in roles]
        self.fields["role"].choices = [("", _("Choose")), *named]  # type: ignore[attr-defined]
        self.fields["role"].error_messages["invalid_choice"] = _("This role has ended already.")
        self.fields["successor"].error_messages["invalid_choice"] = _("Choose a member of the community.")
        self.fields["successor"].choices = _chosen_from(members)  # type: ignore[attr-defined]


def _chosen_from(members: Sequence[Person]) -> list[tuple[str, Any]]:
    return [("", _("Choose")), *((person.pk, person.called) for person in members)]
