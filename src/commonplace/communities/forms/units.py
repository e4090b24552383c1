"""What the operator says of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine, UnitField
from commonplace.communities.models import Unit


class UnitForm(forms.Form):
    """Of a new unit, or of one that is there: it can be no part of itself."""

    name = OneLine(label=_("Name"), max_length=80)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"] = UnitField(without=unit, label=_("Part of"), none=_("Nothing larger"))


class MergeForm(forms.Form):
    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = UnitField(without=unit, label=_("Into which unit"), none=_("Choose"), required=True)
