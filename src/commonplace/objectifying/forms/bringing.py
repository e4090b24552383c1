"""Bringing in what is in force already, or what another community has."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.consenting.forms.fields import Number, day
from commonplace.externalizing.forms import TopicsField
from commonplace.ledger.ids import LENGTH
from commonplace.objectifying.forms.audience import FIELDS
from commonplace.objectifying.forms.texts import WORDED, PartsForm
from commonplace.objectifying.models import AUTHORITIES, SOURCE_KINDS, Bringing, Practice
from commonplace.objectifying.status import Authority, SourceKind

WHENCE = ("source_kind", "source", "authority", "since_on", "owner", "link")


def _one_of(label: Any, choices: dict[Any, Any], without: str = "", **kwargs: Any) -> forms.ChoiceField:
    named = [(code.value, words) for code, words in choices.items() if code != without]
    return forms.ChoiceField(label=label, choices=named, widget=forms.RadioSelect, **kwargs)


def topics_field() -> TopicsField:
    return TopicsField(
        label=_("Topics"), required=False, help_text=_("With commas between, for instance: pumps, night shift")
    )


class _Titled(PartsForm):
    field_order: ClassVar[list[str]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)

    title = OneLine(
        label=_("In one line"), max_length=200, help_text=_("What does one do? For instance: Restarting a pump.")
    )

    def practice(self) -> Practice:
        return Practice(title=self.cleaned_data["title"])


class BringForm(_Titled):
    source_kind = _one_of(
        _("What is it from?"), SOURCE_KINDS, without=SourceKind.COMMUNITY, initial=SourceKind.HANDBOOK
    )
    source = OneLine(
        label=_("What is it called there?"), required=False, max_length=200,
        help_text=_("So that others find it. For instance: Works handbook 4.2."),
    )  # fmt: skip
    authority = _one_of(_("By whose authority is it in force?"), AUTHORITIES, initial=Authority.UNKNOWN)
    since_on = day(_("In force since"), required=False, help_text=_("About is good enough. Empty: nobody knows."))
    owner = OneLine(
        label=_("Whose is it?"), required=False, max_length=200,
        help_text=_("Who changes it there. For instance: Maintenance."),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Address of the original"),
        required=False,
        max_length=500,
        widget=forms.URLInput,
    )
    topics = topics_field()
    field_order: ClassVar = ["title", *WORDED, *FIELDS, *WHENCE, "topics"]

    def bringing(self) -> Bringing:
        return Bringing(**{name: self.cleaned_data[name] for name in WHENCE})


class TakeOverForm(_Titled):
    """`original`, `number`: the version of theirs that is in the form at first."""

    authority = _one_of(_("By whose authority is it in force here?"), AUTHORITIES, initial=Authority.AGREED_ELSEWHERE)
    since_on = day(_("In force here since"), required=False, help_text=_("Empty: nobody knows, or not yet."))
    note = OneLine(label=_("What is different here, and why?"), max_length=300, required=False)
    original = forms.CharField(max_length=LENGTH, widget=forms.HiddenInput)
    number = Number()
    topics = topics_field()
    field_order: ClassVar = ["title", *WORDED, "note", *FIELDS, "authority", "since_on", "topics"]

    def bringing(self) -> Bringing:
        known = {name: self.cleaned_data[name] for name in ("authority", "since_on")}
        return Bringing(source_kind=SourceKind.COMMUNITY, **known)
