"""What sponsor and facilitators write on a card, and how they judge it. Nothing here writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.communities.wording import LONGEST
from commonplace.measuring.metrics import METRICS
from commonplace.steering.models import LEAST_OFTEN, LEVELS, MOST_OFTEN, Card


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    return OneLine(label=label, max_length=200, **kwargs)


def _words(label: Any, **kwargs: Any) -> forms.CharField:
    kwargs = {"max_length": LONGEST, "widget": forms.Textarea(attrs={"rows": 3}), **kwargs}
    return forms.CharField(label=label, **kwargs)


class CardForm(forms.Form):
    statement = _line(_("What do you want to attain?"), help_text=_("One sentence that both sides understand alike."))
    why = _words(_("Why?"))
    beneficiary = _line(_("For whom?"))
    horizon = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    baseline = _words(_("Where do you stand today?"))
    much_less = _line(_("-2: much less than expected would be"))
    less = _line(_("-1: less than expected would be"))
    expected = _line(_("0: as expected is"))
    more = _line(_("+1: more than expected would be"))
    much_more = _line(_("+2: much more than expected would be"))
    metrics = forms.MultipleChoiceField(
        label=_("Which figures of the cycle are evidence?"),
        choices=[(metric.id, metric.name) for metric in METRICS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They stand beside your judgement; they do not make it."),
    )
    review_days = forms.IntegerField(
        label=_("Review every how many days?"), min_value=MOST_OFTEN, max_value=LEAST_OFTEN, initial=91
    )

    def card(self) -> Card:
        return Card(**self.cleaned_data)


class JudgementForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("How far is it attained?"), choices=list(LEVELS.items()), coerce=int, widget=forms.RadioSelect
    )
    words = _words(
        _("Why do you see it there?"), help_text=_("What was done, what came of it, and what else may explain it?")
    )
