"""The four parts of a practice's text, as a form."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.consenting.lengths import LONGEST_PART
from commonplace.files.forms import WithFiles
from commonplace.objectifying.forms.audience import FIELDS, ForWhom
from commonplace.objectifying.models import PARTS, Challenge, Part, Version

EXCERPT = 120
WORDED = (*PARTS, "files")
HINTS = {
    "context": _("In which situation does it apply?"),
    "how": _("What does one do, step by step?"),
    "why": _("What makes it work? Reasons travel with it."),
    "limits": _("Where does it not hold, and what then?"),
}


def words(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs = {"max_length": LONGEST_PART, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs}
    return forms.CharField(label=label, **kwargs)


class PartsForm(WithFiles, ForWhom):
    """The four parts of the text, and whom it is for. What is still missing may come later, by anyone."""

    into = Part.HOW

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, reader=reader, sender=reader, **kwargs)
        for part, heading in PARTS.items():
            self.fields[part] = words(heading, required=False, help_text=HINTS[part])

    def version(self) -> Version:
        more = {name: self.cleaned_data.get(name, "") for name in ("note", "application", "meets")}
        return Version(**{part: self.cleaned_data[part] for part in PARTS}, **more)


class ReviseForm(PartsForm):
    note = OneLine(label=_("What changed, and why?"), max_length=300, required=False)
    application = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    meets = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)
    answers = forms.MultipleChoiceField(
        label=_("Does it answer a challenge?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever raised it is asked in the round, and keeps it open by objecting. What you leave goes on."),
    )
    minor = forms.BooleanField(
        label=_("It is a minor edit"),
        required=False,
        help_text=_(
            "When, how, limits, every number and whom it is for stay as they are. "
            "Once somebody else finds it fine, it holds after seven days, without a round."
        ),
    )
    field_order = [*WORDED, "note", *FIELDS, "answers", "minor"]

    def __init__(self, *args: Any, may_be_minor: bool, challenges: Sequence[Challenge] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        answers = self.fields["answers"]
        if challenges and isinstance(answers, forms.MultipleChoiceField):
            answers.choices = [(one.pk, _answers(one)) for one in challenges]
        else:
            del self.fields["answers"]
        if not may_be_minor:
            del self.fields["minor"]

    def ask_before_overwriting(self, parts: Iterable[Part], number: int) -> None:
        """A tick under each part that somebody else changed meanwhile, too: what is sent replaces theirs."""
        parts = list(parts)
        for part in parts:
            about = {"n": number, "part": PARTS[part]}
            label, missing = _("Save mine over version %(n)s's “%(part)s”"), _("Take theirs over, or tick this.")
            tick = forms.BooleanField(label=label % about, error_messages={"required": missing})
            self.fields[f"over_{part}"] = tick
        order = [name for part in PARTS for name in (part.value, f"over_{part}")]
        self.order_fields([*order, "note", *FIELDS, "answers", "minor"])


def _answers(challenge: Challenge) -> str:
    of_it = {
        "who": challenge.raised_by.called,
        "ground": challenge.get_ground_display(),
        "reason": Truncator(challenge.reason).chars(EXCERPT),
    }
    return gettext("It answers the challenge by %(who)s: %(ground)s – %(reason)s") % of_it
