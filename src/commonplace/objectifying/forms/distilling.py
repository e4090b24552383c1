"""Writing a practice down, and finding who looks after it."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.communities.models import Person
from commonplace.externalizing.models import Response
from commonplace.objectifying.forms.audience import FIELDS
from commonplace.objectifying.forms.texts import WORDED, PartsForm
from commonplace.untrusted.html import plain
from commonplace.untrusted.scripts import isolated

EXCERPT = 160
ID_IN_ADDRESS = re.compile(r"/exchanges/([0-9a-z]{26})\b")


class DistilForm(PartsForm):
    title = OneLine(
        label=_("In one line"), max_length=200, help_text=_("What does one do? For instance: Restarting a pump.")
    )
    authors = forms.MultipleChoiceField(
        label=_("Whose knowledge is it?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They are credited as authors; you as scribe. Tick nobody if it is yours."),
    )  # fmt: skip
    quoted = forms.MultipleChoiceField(
        label=_("Whose words do you quote?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They are told, credited, and may refuse their words for some days; the practice stays."),
    )  # fmt: skip
    also = forms.CharField(
        label=_("Address of another exchange it comes from"), max_length=400, required=False,
        help_text=_("Copy it from your browser. Saving then shows its responses, too."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Person], responses: Iterable[Response], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("authors", [(person.pk, person.called) for person in people])
        self._choose("quoted", [(response.pk, _excerpt(response)) for response in responses])
        self.order_fields(["title", *WORDED, *FIELDS, "authors", "quoted", "also"])

    def clean_also(self) -> str:
        typed = self.cleaned_data["also"]
        match = ID_IN_ADDRESS.search(typed)
        if typed and not match:
            raise forms.ValidationError(_("Copy the address of an exchange from your browser, with its long id."))
        return match[1] if match else ""

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        if not choices:
            del self.fields[name]


class StewardForm(forms.Form):
    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("nobody yet")), *((one.pk, one.called) for one in people)]
        self.fields["steward"] = forms.ChoiceField(label=_("Who looks after it?"), required=False, choices=choices)


def _excerpt(response: Response) -> str:
    return f"{response.author.called} · {isolated(Truncator(plain(response.html)).chars(EXCERPT))}"
