"""What a person types about a practice. Nothing here writes."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.externalizing.models import Response
from commonplace.objectifying.consent import Stand
from commonplace.objectifying.models import ENDS, PARTS, STANDS, Challenge, Proposal, Version
from commonplace.objectifying.status import Outcome
from commonplace.untrusted.html import plain

LONGEST_PART, EXCERPT = 10_000, 160
ID_IN_ADDRESS = re.compile(r"/exchanges/([0-9a-z]{26})\b")
HINTS = {
    "context": _("In which situation does it apply?"),
    "how": _("What does one do, step by step?"),
    "why": _("What makes it work? Reasons travel with it."),
    "limits": _("Where does it not hold, and what then?"),
}


def _words(label: Any, rows: int = 4, **kwargs: Any) -> forms.CharField:
    kwargs = {"max_length": LONGEST_PART, "widget": forms.Textarea(attrs={"rows": rows}), **kwargs}
    return forms.CharField(label=label, **kwargs)


class PartsForm(forms.Form):
    """The four parts of the text. What is still missing may come later, by anyone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part, heading in PARTS.items():
            self.fields[part] = _words(heading, required=False, help_text=HINTS[part])

    def version(self) -> Version:
        return Version(**{part: self.cleaned_data[part] for part in PARTS}, note=self.cleaned_data.get("note", ""))


class ReviseForm(PartsForm):
    note = forms.CharField(label=_("What changed, and why?"), max_length=300, required=False)
    field_order = [*PARTS, "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class DistilForm(PartsForm):
    title = forms.CharField(
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
        self._choose("authors", [(person.pk, person.name) for person in people])
        self._choose("quoted", [(response.pk, _excerpt(response)) for response in responses])
        self.order_fields(["title", *PARTS, "authors", "quoted", "also"])

    def clean_also(self) -> str:
        typed = self.cleaned_data["also"]
        found = ID_IN_ADDRESS.search(typed)
        if typed and not found:
            raise forms.ValidationError(_("Copy the address of an exchange from your browser, with its long id."))
        return found[1] if found else ""

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices
        if not choices:
            del self.fields[name]


class ProposeForm(forms.Form):
    aim = _words(_("What is it for?"), rows=3, help_text=_("What gets better if we all do this?"))
    scope = _words(_("For whom does it hold?"), rows=2, required=False)
    review_on = forms.DateField(
        label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def proposal(self, version: Version) -> Proposal:
        return Proposal(version=version, **self.cleaned_data)


class StanceForm(forms.Form):
    """The button pressed is the stance."""

    reason = _words(
        _("Your reason, or your concern"),
        rows=3,
        required=False,
        help_text=_("Needed for a concern and for an objection."),
    )
    stance = forms.ChoiceField(
        choices=[(code.value, words) for code, words in STANDS.items()], widget=forms.HiddenInput
    )

    def stand(self) -> Stand:
        return Stand(self.cleaned_data["stance"])


class SettleObjectionForm(forms.Form):
    """`how` is the button pressed; a change names the version that meets the objection."""

    how = forms.ChoiceField(choices=[("change", "change"), ("withdrawn", "withdrawn")], widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DecideForm(forms.Form):
    reason = _words(
        _("The reason"),
        rows=3,
        required=False,
        help_text=_("Needed when it is not accepted; it stays with the practice."),
    )
    outcome = forms.ChoiceField(
        choices=[(one.value, one.value) for one in (Outcome.ACCEPTED, Outcome.RETURNED, Outcome.NOT_ACCEPTED)],
        widget=forms.HiddenInput,
    )


class ChallengeForm(forms.Form):
    reason = _words(_("What does not hold?"), rows=3)
    case = _words(_("What happened?"), rows=3, required=False, help_text=_("Where, when, on what. One case is enough."))
    application = forms.CharField(required=False, max_length=26, widget=forms.HiddenInput)

    def challenge(self) -> Challenge:
        return Challenge(**self.cleaned_data)


class SettlementForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What should become of the practice?"), widget=forms.RadioSelect,
        choices=[(code.value, words) for code, words in ENDS.items()],
    )  # fmt: skip
    aim = _words(_("Why?"), rows=3)

    def proposal(self, challenge: Challenge, version: Version) -> Proposal:
        said = self.cleaned_data
        return Proposal(version=version, challenge=challenge, proposed_outcome=said["outcome"], aim=said["aim"])


class StewardForm(forms.Form):
    steward = forms.ChoiceField(label=_("Who looks after it?"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steward"] = forms.ChoiceField(
            label=_("Who looks after it?"),
            required=False,
            choices=[("", _("nobody yet")), *((one.pk, one.name) for one in people)],
        )


def _excerpt(response: Response) -> str:
    return f"{response.author.name}: {Truncator(plain(response.html)).chars(EXCERPT)}"
