"""What a member says they may be asked about, and what their page shows."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import contributed
from commonplace.communities.forms.fields import Folded, OneLine
from commonplace.communities.models.known_for import LONGEST_WORDS, MOST_TOPICS
from commonplace.communities.portraits import Portrait
from commonplace.communities.subjects import MOST_OFFERED, Subject

FEW = 24


class KnownForForm(forms.Form):
    words = OneLine(
        label=_("Ask me about"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your own words: what you know well, what you have tried. It need not be a title."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    further = OneLine(
        label=_("Other topics, by name"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("There are more than are listed. Commas between several."),
    )
    shows = forms.MultipleChoiceField(
        label=_("Your page also shows"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each reader sees of it what they may read anyway. Your roles stand there, too."),
    )

    def __init__(
        self, *args: Any, subjects: Sequence[Subject], called: Callable[[str], Sequence[Subject]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._called = called
        if len(subjects) < MOST_OFFERED:
            del self.fields["further"]
        shows: Any = self.fields["shows"]
        shows.choices = [(one.name, one.choice) for one in contributed(Portrait)]
        topics: Any = self.fields["topics"]
        topics.choices = [(one.pk, one.title) for one in subjects]
        topics.help_text = gettext("Up to %(most)s: whoever reads about one of them finds you.") % {"most": MOST_TOPICS}
        if len(subjects) > FEW:
            topics.widget = Folded(choices=topics.choices)
        if not subjects:
            del self.fields["topics"]

    def clean_further(self) -> list[str]:
        names = [name for typed in self.cleaned_data["further"].split(",") if (name := typed.strip())]
        by_name = {name: self._called(name) for name in names[: MOST_TOPICS + 1]}
        for name, subjects in by_name.items():
            if not subjects:
                raise forms.ValidationError(gettext("There is no topic “%(name)s” here.") % {"name": name})
        return [one.pk for subjects in by_name.values() for one in subjects]

    def answers(self) -> dict[str, Any]:
        answers = {"topics": [], **self.cleaned_data}
        further = answers.pop("further", [])
        return {**answers, "topics": [*answers["topics"], *further]}
