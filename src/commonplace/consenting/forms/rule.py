"""Another rule, as somebody would have it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.community import RuleForm
from commonplace.communities.models import Community, Visibility
from commonplace.consenting.charters import in_force, in_words


class DraftForm(RuleForm):
    visibility = forms.ChoiceField(label=_("Who may read here"), choices=Visibility.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        """Beside each what is in force, whatever is typed."""
        super().__init__(*args, initial=in_force(community), **kwargs)
        for name, words in in_words(in_force(community)).items():
            field = self.fields[name]
            field.help_text = f"{field.help_text} {gettext('In force: %(now)s.') % {'now': words}}".strip()

    def terms(self) -> dict[str, Any]:
        return {**self.rule(), "visibility": self.cleaned_data["visibility"]}
