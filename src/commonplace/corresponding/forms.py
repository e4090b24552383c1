"""What one follows in a community, and why one sets something aside: chosen from lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Person
from commonplace.corresponding.models import PERSON, TOPIC, WhyNot
from commonplace.corresponding.not_now import HOW_LONG
from commonplace.externalizing.models import Topic


class FollowForm(forms.Form):
    """A topic or a member, each from its list; a list without any is not asked for."""

    topic = forms.ChoiceField(label=_("A topic"), required=False)
    person = forms.ChoiceField(
        label=_("A member"),
        required=False,
        help_text=_("You are told of what they begin and say. Nobody learns that you follow them."),
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], people: Sequence[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        named = [(topic.pk, topic.name) for topic in topics], [(one.pk, one.called) for one in people]
        for name, choices in zip((TOPIC, PERSON), named, strict=True):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.get(name) for name in (TOPIC, PERSON)) and not self.errors:
            raise forms.ValidationError(_("Choose a topic or a member."))
        return self.cleaned_data

    def chosen(self) -> list[tuple[str, str]]:
        return [(name, self.cleaned_data[name]) for name in (TOPIC, PERSON) if self.cleaned_data.get(name)]


class NotNowForm(forms.Form):
    because = forms.ChoiceField(label=_("Why not now?"), choices=WhyNot.choices)
    how_long = forms.ChoiceField(
        label=_("For how long?"), choices=HOW_LONG, help_text=_("Only you see this. Then it comes back.")
    )
