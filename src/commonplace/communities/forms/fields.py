"""Fields that several forms of people and communities share."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonplace.communities import units, zones
from commonplace.communities.models import Experience, Unit
from commonplace.communities.wording import LONGEST
from commonplace.untrusted.visible import one_line

NONE = _("None")


class PartForm(forms.Form):
    """One of several forms on a page: its field ids carry its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.removesuffix('Form').lower()}_%s", **kwargs})


class Folded(forms.CheckboxSelectMultiple):
    """Several of a long list, which opens when it is wanted. Each label holds its box, so that neither needs an id."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        option["attrs"].pop("id", None)
        return option


class OneLine(forms.CharField):
    """Spaces and line breaks within become one space, what was pasted unseen goes: a name is what it shows."""

    def to_python(self, value: Any) -> str:
        return one_line(str(super().to_python(value) or ""))


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        errors = {"invalid_choice": zones.UNKNOWN, "required": zones.UNKNOWN}
        super().__init__(choices=zones.choices, error_messages=errors, **{"label": _("Time zone"), **kwargs})


class BrowserZone(forms.CharField):
    """What the browser says of itself, unseen (zone.js); always a zone."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=64, widget=forms.HiddenInput(attrs={"data-zone": ""}))

    def clean(self, value: Any) -> str:
        return zones.of_the_browser(str(value or ""))


class UnitField(forms.TypedChoiceField):
    """One of those that the operator keeps, or none; gives the row. `without` leaves out one with its parts."""

    def __init__(self, *, without: Unit | None = None, none: Any = NONE, **kwargs: Any) -> None:
        wrong = _("Choose a unit from the list.")
        super().__init__(
            choices=lambda: [("", none), *units.choices(without)],
            coerce=lambda pk: Unit.objects.get(pk=pk),
            empty_value=None,
            error_messages={"invalid_choice": wrong, "required": wrong},
            **{"label": _("Unit"), "required": False, **kwargs},
        )


class ExperienceField(forms.TypedChoiceField):
    """Asked of whoever joins; nobody need answer."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Is this work new to you?"),
            help_text=_("The work that this community is about, wherever you did it; not this site."),
            choices=Experience.choices,
            coerce=Experience,
            empty_value=Experience.UNSAID,
            initial=Experience.UNSAID,
            required=False,
            widget=forms.RadioSelect,
        )


class LanguageField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=settings.LANGUAGES, **{"label": _("Language"), **kwargs})


def words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def days(label: Any, initial: int, bounds: tuple[int, int], help_text: Any = "") -> forms.IntegerField:
    least, most = bounds
    return forms.IntegerField(label=label, initial=initial, min_value=least, max_value=most, help_text=help_text)
