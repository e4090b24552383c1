"""Topics of a practice that is here already."""

from typing import Any

from django import forms

from commonplace.objectifying.forms.bringing import topics_field


class TopicsForm(forms.Form):
    """`seen`: the ids of the topics that stood in the form at first."""

    topics = topics_field()
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def named(self) -> dict[str, Any]:
        """As `acts.file_under` takes them."""
        return {
            "topics": self.cleaned_data["topics"],
            "seen": [pk for pk in self.cleaned_data["seen"].split(",") if pk],
        }
