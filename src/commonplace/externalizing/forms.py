"""What a person types in an exchange. Nothing here writes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.externalizing.models import (
    Benefit,
    Exchange,
    Kind,
    LinkKind,
    Purpose,
    Response,
    ResponseKind,
    WhyUnresolved,
)

MOST_TOPICS, LONGEST_TEXT = 6, 40_000
ID_IN_ADDRESS = re.compile(r"/exchanges/([0-9a-z]{26})\b")


class TopicsField(forms.CharField):
    """Commas between; lower case; each once."""

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(name.lower().split()) for name in str(super().clean(value) or "").split(",")]
        topics = list(dict.fromkeys(name for name in names if name))
        if len(topics) > MOST_TOPICS or any(len(name) > 60 for name in topics):
            raise forms.ValidationError(_("At most six topics, each of at most 60 characters, with commas between."))
        return topics


class PartForm(forms.Form):
    """One of several forms on a page: its field ids carry its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.removesuffix('Form').lower()}_%s", **kwargs})


def _words(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, widget=forms.Textarea, **kwargs)


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Kind.choices, initial=Kind.REQUEST, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("In one line"), max_length=200)
    body = _words(_("Tell us more"), help_text=_("What is the situation, what have you tried? Markdown works here."))
    purpose = forms.ChoiceField(
        label=_("Does somebody know this already?"),
        choices=Purpose.choices,
        initial=Purpose.REUSE,
        widget=forms.RadioSelect,
    )
    topics = TopicsField(
        label=_("Topics"), required=False, help_text=_("With commas between, for instance: pumps, night shift")
    )

    def exchange(self) -> Exchange:
        return Exchange(**{name: self.cleaned_data[name] for name in ("kind", "title", "body", "purpose")})


class ResponseForm(PartForm):
    body = _words(_("Your answer"), help_text=_("What worked for you, and where? Markdown works here."))

    def response(self) -> Response:
        return Response(body=self.cleaned_data["body"], kind=ResponseKind.ANSWER)


class CommentForm(PartForm):
    body = _words(_("Your comment"))

    def response(self, on: Response | None) -> Response:
        return Response(body=self.cleaned_data["body"], kind=ResponseKind.COMMENT, comments_on=on)


class EditForm(forms.Form):
    body = _words(_("Text"))


class EditExchangeForm(EditForm):
    title = forms.CharField(label=_("In one line"), max_length=200)
    field_order = ["title", "body"]


class ConfirmForm(PartForm):
    benefit = forms.ChoiceField(
        label=_("How did it help?"),
        choices=[choice for choice in Benefit.choices if choice[0] != Benefit.UNKNOWN],
        initial=Benefit.SOLUTION,
        widget=forms.RadioSelect,
    )


class CloseForm(PartForm):
    purpose = forms.ChoiceField(
        label=_("Looking back, what was it?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text=_("If somebody turned out to know already, it was re-use."),
    )
    why = forms.ChoiceField(
        label=_("Why is it closed?"), choices=[("", _("It is resolved")), *WhyUnresolved.choices], required=False
    )


class LinkForm(PartForm):
    address = forms.CharField(label=_("Address of the other exchange"), max_length=400)
    kind = forms.ChoiceField(label=_("How do they belong together?"), choices=LinkKind.choices)

    def clean_address(self) -> str:
        match = ID_IN_ADDRESS.search(self.cleaned_data["address"])
        if not match:
            raise forms.ValidationError(_("Copy the address of an exchange from your browser, with its long id."))
        return match[1]
