"""Asking about a text, answering, saying where one stands, and writing down what somebody else said."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine, PartForm
from commonplace.consenting.forms.fields import GroundField, Number, words
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import STANDS, Eligible, Proposal, Question
from commonplace.untrusted.visible import is_blank

STANCES = [(code.value, words) for code, words in STANDS.items()]


class StanceForm(PartForm):
    """The button pressed is the stance."""

    reason = words(_("Your reason, your concern, or the harm that you see"), required=False)
    ground = GroundField(label=_("If you object: on which ground?"), required=False)
    number = Number()
    stance = forms.TypedChoiceField(
        choices=STANCES,
        coerce=Stand,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the four.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["placeholder"] = " "  # Its style asks whether it is empty.

    def tell_all(self) -> None:
        """An objection without its harm and without its ground is refused once, for both. Of a form that is only shown
        nothing was asked yet."""
        if not hasattr(self, "cleaned_data"):
            return
        lacks = {"reason": _("An objection needs its reason: what harm would it do?")}
        lacks |= {"ground": _("Say on which ground you object.")}
        if self.cleaned_data.get("stance") == Stand.OBJECT and self.errors.keys() & lacks.keys():
            for name, words in lacks.items():
                if not self.errors.get(name) and is_blank(str(self.data.get(name, ""))):
                    self.add_error(name, words)


class ConfirmForm(PartForm):
    """One press says what somebody else wrote down; an objection still needs its ground."""

    reason = forms.CharField(required=False, widget=forms.HiddenInput)
    ground = GroundField(error_messages={"required": _("Say on which ground you object.")})
    number = Number()
    stance = forms.TypedChoiceField(choices=STANCES, coerce=Stand, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meant = self.data.get("stance") if self.is_bound else self.initial.get("stance")
        self.fields["ground"].required = meant == Stand.OBJECT


class EnterForm(PartForm):
    """For somebody who has said nothing yet."""

    stance = forms.TypedChoiceField(label=_("Where do they stand?"), choices=STANCES, coerce=Stand)
    reason = words(_("What did they say?"), rows=2, required=False)
    number = Number()

    def __init__(self, *args: Any, silent: Iterable[Eligible], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("choose")), *sorted(((one.person_id, one.person.called) for one in silent), key=_name)]
        self.fields["person"] = forms.ChoiceField(label=_("Whose word is it?"), choices=choices)
        self.order_fields(["person", "stance", "reason", "number"])


class QuestionForm(PartForm):
    text = words(_("What is not clear?"), rows=2)
    words = OneLine(
        label=_("Which words of the text?"),
        required=False,
        max_length=300,
        help_text=_("Copy them as they stand there, if it is about some words."),
    )
    for_another = forms.BooleanField(
        label=_("I ask for somebody who prefers not to be named"), required=False, widget=forms.CheckboxInput
    )

    def __init__(self, *args: Any, goes_between: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not goes_between:
            del self.fields["for_another"]

    def question(self, proposal: Proposal) -> Question:
        return Question(proposal=proposal, number=proposal.number, **self.cleaned_data)


class AnswerForm(forms.Form):
    """One under each question: its field is named by it."""

    text = words(_("Your answer"), rows=2)

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"answer-{question}_%s", **kwargs})


def _name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
