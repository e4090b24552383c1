"""The four parts of a practice's text, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.objectifying.lengths import LONGEST_PART
from commonplace.objectifying.models import PARTS, Version

HINTS = {
    "context": _("In which situation does it apply?"),
    "how": _("What does one do, step by step?"),
    "why": _("What makes it work? Reasons travel with it."),
    "limits": _("Where does it not hold, and what then?"),
}


def words(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs = {"max_length": LONGEST_PART, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs}
    return forms.CharField(label=label, **kwargs)


class PartsForm(forms.Form):
    """The four parts of the text. What is still missing may come later, by anyone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, heading in PARTS.items():
            self.fields[part] = words(heading, required=False, help_text=HINTS[part])

    def version(self) -> Version:
        return Version(**{part: self.cleaned_data[part] for part in PARTS}, note=self.cleaned_data.get("note", ""))


class ReviseForm(PartsForm):
    note = OneLine(label=_("What changed, and why?"), max_length=300, required=False)
    field_order = [*PARTS, "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
