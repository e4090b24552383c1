"""What a person types in an exchange. Nothing here writes."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities import mentioning
from commonplace.communities.forms.fields import Folded, OneLine, PartForm
from commonplace.communities.mentioning import Other
from commonplace.communities.saying import line_of
from commonplace.externalizing.acts.closing import SAY_WHY, has_helped
from commonplace.externalizing.lengths import LONGEST_TEXT, LONGEST_TITLE, LONGEST_TOPIC
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
from commonplace.files.forms import WithFiles
from commonplace.untrusted.markdown import render
from commonplace.untrusted.visible import folded, one_line

FIRST_WORDS = 70
ID_IN_ADDRESS = re.compile(r"/exchanges/([0-9a-z]{26})\b")


class TopicsField(forms.CharField):
    """Commas between; each once, by the first spelling."""

    def clean(self, value: Any) -> list[str]:
        names = [one_line(name) for name in str(super().clean(value) or "").split(",")]
        return list({folded(name): name for name in reversed(names) if folded(name)}.values())[::-1]


class TurnForm(PartForm):
    """What becomes of one exchange, on a page of its own or beside it."""

    def __init__(self, *args: Any, exchange: Exchange | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


def _words(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, **{"widget": forms.Textarea, **kwargs})


def _hidden() -> forms.CharField:
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class Telling(WithFiles):
    """A text in which `people` can be mentioned without typing their names: they stand at its end, for all to see."""

    tell = forms.MultipleChoiceField(
        label=_("Tell somebody"),
        required=False,
        widget=Folded,
        help_text=_("Whom you choose is named at the end of your text, and told. Or type @ and a name in it."),
    )

    def __init__(self, *args: Any, people: Sequence[Other] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = [one.person for one in people]
        if people:
            self.fields["tell"].choices = [(one.person.pk, one.label) for one in people]  # type: ignore[attr-defined]
        else:
            del self.fields["tell"]

    def clean_tell(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["tell"]
        if len(chosen) > mentioning.MOST:
            raise forms.ValidationError(_("At most %(most)s people.") % {"most": mentioning.MOST})
        return chosen

    def words(self) -> str:
        return mentioning.with_names(self.cleaned_data["body"], self.cleaned_data.get("tell", ()), self.people)


class AskForm(Telling):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Kind.choices, initial=Kind.REQUEST, widget=forms.RadioSelect
    )
    title = OneLine(label=_("In one line"), max_length=LONGEST_TITLE)
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

    field_order = ["title", "body", "kind", "files", "tell", "purpose", "topics"]

    def exchange(self) -> Exchange:
        typed = {name: self.cleaned_data[name] for name in ("kind", "title", "purpose")}
        return Exchange(body=self.words(), **typed)


class HelloForm(forms.Form):
    """Becomes a story, called by its first words: no topic is asked for, and nothing to choose."""

    body = _words(
        _("Who you are, and what brings you here"),
        help_text=_("Your work, your place, what you know well: a few lines are enough."),
    )
    wish = _words(_("What you would like to learn"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def exchange(self, language: str) -> Exchange:
        typed = self.cleaned_data
        with translation.override(language):
            wish = "\n\n".join(["", gettext("**What I would like to learn**"), typed["wish"]]) if typed["wish"] else ""
            words = line_of(render(typed["body"], ""), FIRST_WORDS)
            title = gettext("Hello: %(words)s") % {"words": words} if words else gettext("Hello")
        return Exchange(kind=Kind.STORY, title=title, body=typed["body"] + wish)


class ResponseForm(Telling, PartForm):
    field_order = ["body", "files", "tell"]
    body = _words(_("Your answer"), help_text=_("What worked for you, and where? Markdown works here."))

    def response(self) -> Response:
        return Response(body=self.words(), kind=ResponseKind.ANSWER)


class CommentForm(Telling, PartForm):
    field_order = ["on", "body", "files", "tell"]
    on = _hidden()
    body = _words(_("Your comment"))

    def __init__(self, *args: Any, exchange: Exchange | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def response(self, on: Response | None) -> Response:
        return Response(body=self.words(), kind=ResponseKind.COMMENT, comments_on=on)


class EditForm(WithFiles):
    """`seen`: the fingerprint of the text that stood in the form at first."""

    seen = _hidden()
    body = _words(_("Text"))


class EditExchangeForm(EditForm):
    title = OneLine(label=_("In one line"), max_length=LONGEST_TITLE)
    field_order = ["title", "body", "files"]


class ConfirmForm(TurnForm):
    response = _hidden()
    benefit = forms.ChoiceField(
        label=_("How did it help?"),
        choices=[choice for choice in Benefit.choices if choice[0] != Benefit.UNKNOWN],
        initial=Benefit.SOLUTION,
        widget=forms.RadioSelect,
    )


class CloseForm(TurnForm):
    purpose = forms.ChoiceField(
        label=_("Looking back, what was it?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        help_text=_("If somebody turned out to know already, it was re-use."),
    )
    why = forms.ChoiceField(
        label=_("Why is it closed?"),
        choices=[("", _("Choose")), *WhyUnresolved.choices],
        error_messages={"required": SAY_WHY},
    )

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        """What helped needs no reason to be over."""
        super().__init__(*args, exchange=exchange, **kwargs)
        if has_helped(exchange):
            del self.fields["why"]

    def why_unresolved(self) -> WhyUnresolved | None:
        return WhyUnresolved(self.cleaned_data["why"]) if "why" in self.cleaned_data else None


class LinkForm(TurnForm):
    address = forms.CharField(label=_("Address of the other exchange"), max_length=400)
    kind = forms.ChoiceField(label=_("How do they belong together?"), choices=LinkKind.choices)

    def clean_address(self) -> str:
        match = ID_IN_ADDRESS.search(self.cleaned_data["address"])
        if not match:
            raise forms.ValidationError(_("Copy the address of an exchange from your browser, with its long id."))
        return match[1]


class NameForm(PartForm):
    name = OneLine(label=_("Name"), max_length=LONGEST_TOPIC)


class AliasForm(PartForm):
    name = OneLine(
        label=_("Another name"), max_length=LONGEST_TOPIC, help_text=_("A spelling, a short form, another language.")
    )


class MergeForm(PartForm):
    into = OneLine(label=_("The topic that is kept"), max_length=LONGEST_TOPIC, help_text=_("Any of its names."))
