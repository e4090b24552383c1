"""Many at once: what is laid out to be brought in, and what somebody says of its columns and status words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.consenting.forms.fields import day
from commonplace.ledger.ids import LENGTH
from commonplace.objectifying.batches import StatusWord
from commonplace.objectifying.models import AUTHORITIES, ORDERS, PARTS, SOURCE_KINDS, Part
from commonplace.objectifying.status import SourceKind
from commonplace.untrusted.documents import FIELDS, LEFT_OUT, STATUS
from commonplace.untrusted.documents.words import field_of

KINDS = ".md,.markdown,.txt,.html,.htm,.docx,.docm,.csv,.tsv,.xlsx,.xlsm,.zip"
MEANINGS = {
    "title": _("Title"), "when": PARTS[Part.CONTEXT], "how": PARTS[Part.HOW], "why": PARTS[Part.WHY],
    "limits": PARTS[Part.LIMITS], "source": _("Source"), "authority": _("By whose authority"),
    "owner": _("Whose it is"), "since": _("In force since"), "audience": _("For whom"), "key": _("Number or key"),
    "link": _("Address"), "topics": _("Topics"), STATUS: _("Status"), LEFT_OUT: _("nothing: it is left out"),
}  # fmt: skip
assert set(MEANINGS) == {*FIELDS, STATUS, LEFT_OUT}
NOTHING_CHOSEN: Mapping[str, str] = {}


MOST_BYTES = 10 * 2**20
SAID = ("called", "source_kind", "authority", "since_on", "owner")


class _Many(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None, one or several; gives a list."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        names = [one.name for one in files]
        if twice := [name for name in names if names.count(name) > 1]:
            raise forms.ValidationError(_("Two files are called %(name)s. Rename one.") % {"name": twice[0]})
        if sum(one.size or 0 for one in files) > MOST_BYTES:
            raise forms.ValidationError(_("These files are more than 10 MB together. Bring them in several parts."))
        return [super(FilesField, self).clean(one, initial) for one in files]


class BatchForm(forms.Form):
    """`settings()`: as `batches.lay_before` takes them. `instead`: the draft in whose place it comes."""

    pasted = forms.CharField(
        label=_("Paste a table"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "wrap": "off"}),
        help_text=_(
            "Copied from a spreadsheet with its headings: title, when, how, why, limits, source, authority, owner, "
            "since, audience, topics. A title and one of the texts are enough, in any order, in English or French."
        ),
    )
    documents = FilesField(
        label=_("Or choose files"),
        required=False,
        widget=_Many(attrs={"accept": KINDS, "multiple": True}),
        help_text=_("Markdown, HTML, DOCX, CSV, XLSX, or a folder of them as a zip file; up to 10 MB together."),
    )
    called = OneLine(
        label=_("What is it called?"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known_sources"}),
        help_text=_(
            "For instance: Works handbook. Brought in again under this name, what is here already is known again."
        ),
    )
    source_kind = forms.ChoiceField(
        label=_("What is it from?"),
        choices=[(code.value, words) for code, words in SOURCE_KINDS.items() if code != SourceKind.COMMUNITY],
        initial=SourceKind.HANDBOOK,
        widget=forms.RadioSelect,
    )
    authority = forms.ChoiceField(
        label=_("By whose authority, where it does not say?"),
        required=False,
        choices=[(code.value, words) for code, words in AUTHORITIES.items()],
        widget=forms.RadioSelect,
    )
    since_on = day(_("In force since, where it does not say"), required=False)
    owner = OneLine(label=_("Whose is it, where it does not say?"), required=False, max_length=200)
    instead = forms.CharField(required=False, max_length=LENGTH, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        known = super().clean() or {}
        if not self.errors and not known.get("documents") and not str(known.get("pasted", "")).strip():
            self.add_error("pasted", _("Paste a table, or choose files."))
        return known

    def settings(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SAID}


class ColumnsForm(forms.Form):
    """What each heading means; a heading stands in no field's name, as anything may stand in it. `orders`: in which the
    dates that read two ways were taken."""

    def __init__(
        self,
        *args: Any,
        headings: Sequence[str],
        orders: Collection[str] = (),
        chosen: Mapping[str, str] = NOTHING_CHOSEN,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.headings = {f"column_{number}": heading for number, heading in enumerate(headings)}
        choices = [("", _("none of these: it stays in the text")), *MEANINGS.items()]
        for name, heading in self.headings.items():
            known = chosen.get(heading, field_of(heading, of_table=True))
            self.fields[name] = forms.ChoiceField(label=heading, required=False, choices=choices, initial=known)
        if orders:
            self.fields["dates"] = forms.ChoiceField(
                label=_("What stands first in dates that read two ways?"),
                required=False,
                choices=[(one.value, words) for one, words in ORDERS.items()],
                initial=next(iter(orders)) if len(orders) == 1 else "",
                widget=forms.RadioSelect,
            )

    def dates(self) -> str:
        """ "" where nobody says."""
        return str(self.cleaned_data.get("dates", ""))

    def columns(self) -> dict[str, str]:
        """By heading; "" of one that means nothing known."""
        return {heading: self.cleaned_data[name] for name, heading in self.headings.items() if name in self.data}


class MeaningsForm(forms.Form):
    """Which status words say that something is in force."""

    def __init__(self, *args: Any, words: Iterable[StatusWord], **kwargs: Any) -> None:
        self.words = list(words)
        initial = [str(at) for at, one in enumerate(self.words) if one.is_in_force]
        super().__init__(*args, initial={"in_force": initial}, **kwargs)
        self.fields["in_force"] = forms.MultipleChoiceField(
            label=_("Which of these words say that it is in force?"),
            required=False,
            choices=[(str(at), f"{one.word} ({one.rows})") for at, one in enumerate(self.words)],
            widget=forms.CheckboxSelectMultiple,
        )

    def meanings(self) -> dict[str, bool]:
        ticked = set(self.cleaned_data["in_force"])
        return {one.word: str(at) in ticked for at, one in enumerate(self.words)}
