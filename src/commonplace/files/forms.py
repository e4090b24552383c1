"""A text with pictures and files: what is chosen is received, and named at its end, before the form is judged."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.limits import is_too_much_of
from commonplace.communities.models import Person
from commonplace.files.limits import MINUTES, TRIES
from commonplace.files.models import File
from commonplace.files.receiving import receive
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.sending import made_once

FILES: Final = "files"
TAKEN: Final = "image/*,.pdf,.txt,.md,.csv,.docx,.xlsx,.pptx,.odt,.ods,.odp"


class FilesInput(forms.FileInput):
    """Several files, and on a phone its camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class FilesField(forms.Field):
    """`into`: the field whose text names them. What became of them is said by the form, which received them."""

    widget = FilesInput

    def __init__(self, into: str) -> None:
        self.into = into
        super().__init__(
            label=_("Pictures and files"),
            required=False,
            help_text=_(
                "Pictures up to 20 MB; PDF, text and office files up to 25 MB. Each stands where your text names it."
            ),
        )

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"multiple": True, "accept": TAKEN, "data-files": self.into}


class WithFiles(forms.Form):
    """`sender`: who sends the form, and the files with it. A refused one is said beside the field, the others go on."""

    into = "body"

    def __init__(self, *args: Any, sender: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sender, self.refused = sender, list[str]()
        self.fields[FILES] = FilesField(self.into)
        self.order_fields(self.field_order)

    def full_clean(self) -> None:
        sent, self.files = self.files, MultiValueDict()
        if self.is_bound and self.sender and sent:
            self._receive(self.sender, sent.getlist(self.add_prefix(FILES)))
        super().full_clean()

    def clean_files(self) -> None:
        if self.refused:
            raise forms.ValidationError(self.refused)

    def clean(self) -> dict[str, Any]:
        """They are in the text by now."""
        typed = super().clean() or self.cleaned_data
        return {name: value for name, value in typed.items() if name != FILES}

    def _receive(self, sender: Person, uploads: list[UploadedFile[Any]]) -> None:
        received = [file for at, upload in enumerate(uploads) if (file := self._received(sender, at, upload))]
        if received:
            name, typed = self.add_prefix(self.into), cast(QueryDict, self.data).copy()
            typed[name] = with_files(str(typed.get(name, "")), received)
            self.data = typed

    def _received(self, sender: Person, at: int, upload: UploadedFile[Any]) -> File | None:
        try:
            return made_once(f"file {at}", lambda: _taken(sender, upload))
        except NotPossible as why:
            self.refused.append(f"{upload.name}: {why}")
        return None


def _taken(sender: Person, upload: UploadedFile[Any]) -> File:
    """As many as a script sends one by one."""
    if is_too_much_of(sender, "files", TRIES, MINUTES):
        words = gettext("More files came than are taken within %(n)s minutes. Wait a while, and send it again.")
        raise NotPossible(words % {"n": MINUTES})
    return receive(sender, upload)


def with_files(words: str, files: list[File]) -> str:
    """The text that also names these, each in a paragraph of its own."""
    return "\n\n".join(filter(None, [words.rstrip(), *(file.in_markdown() for file in files)]))
