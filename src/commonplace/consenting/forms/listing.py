"""Putting several to consent together, and consenting to several with one press."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import PartForm
from commonplace.communities.paging import number_or
from commonplace.consenting.forms.opening import ProposeForm
from commonplace.consenting.kinds import Kind
from commonplace.consenting.models import Proposal


class Ticks(forms.MultipleChoiceField):
    """What is ticked of what the page showed: an id, the number of the text that stood there, and a mark of what could
    still change of that."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """What is not here any more is refused by its act, in words."""
        return True

    def clean(self, value: Any) -> dict[str, int]:
        return dict(map(_ticked, super().clean(value)))


def tick(pk: str, number: int, mark: str = "") -> str:
    return f"{pk}:{number}:{mark}" if mark else f"{pk}:{number}"


def _ticked(value: str) -> tuple[str, int]:
    pk, _colon, rest = value.replace("\0", "").partition(":")
    return pk, number_or(rest.partition(":")[0], 0)


class ListForm(ProposeForm):
    """One aim, scope and review day for all of them."""

    put = Ticks(label=_("What is put together?"), error_messages={"required": _("Tick at least two.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["about"], self.fields["number"]
        self.fields.pop("choice", None)

    @property
    def plain(self) -> list[forms.BoundField]:
        return [bound for bound in super().plain if bound.name != "put"]

    @property
    def ticked(self) -> set[str]:
        """Ids, as they were sent or are offered."""
        return {str(value).partition(":")[0] for value in self["put"].value() or ()}

    @property
    def marks(self) -> dict[str, str]:
        """By id, of what was ticked as it was shown."""
        sent = (str(value).split(":") for value in self["put"].value() or ())
        return {pk: mark for pk, _number, mark in (one for one in sent if len(one) == 3)}

    def each(self, subjects: Sequence[Any]) -> list[tuple[Any, Proposal]]:
        """In the order of these."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "put"}
        numbers = self.cleaned_data["put"]
        kind = Kind(self.matter.kind)
        return [(one, Proposal(matter=kind, number=numbers[one.pk], **typed)) for one in subjects if one.pk in numbers]


class ConsentForm(PartForm):
    """Of what is not ticked nothing is said."""

    consent = Ticks(required=False)

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("consent"):
            raise forms.ValidationError(_("Tick what you consent to. To say something else, open it."))
        return self.cleaned_data
