"""The charter of a community that begins: what it is about, and how it decides, on one short page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.acts.founding import is_shared
from commonplace.communities.examples import Example
from commonplace.communities.forms.community import NORMS, RuleForm
from commonplace.communities.forms.fields import words
from commonplace.communities.models import Community
from commonplace.communities.models.charter import RULE, TERMS

WORDS_FIRST = ("domain", "purpose", "norms")


class FirstCharterForm(RuleForm):
    """How it decides is asked for while one person keeps it, or where it was asked for as the form was sent."""

    domain = words(_("Domain"), rows=2, help_text=_("What is it about? What do its members know, or want to know?"))
    purpose = words(_("Purpose"), required=False, help_text=_("What is it for, and for whom?"))
    norms = words(_("Norms"), required=False, help_text=_("How we treat each other here."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = WORDS_FIRST

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_shared(community) and not self.data.keys() & set(RULE):
            for name in RULE:
                del self.fields[name]

    def asks_for_the_rule(self) -> bool:
        return "round_days" in self.fields

    def terms(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in TERMS}


def like(community: Community, example: Example | None) -> FirstCharterForm:
    """With the example's numbers; with its words only where the community has none of its own."""
    charter = community.charter
    initial = {**charter.terms(), "norms": charter.norms or NORMS, "seen": charter.pk}
    if example:
        initial |= {**example.rule(), "purpose": charter.purpose or example.purpose}
    return FirstCharterForm(initial=initial, community=community)
