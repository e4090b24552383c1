"""What a person reports of an application: three choices and a place. Nothing here writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.internalizing.models import Application, Outcome


class ApplicationForm(forms.Form):
    outcome = forms.ChoiceField(label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect)
    where = forms.CharField(
        label=_("Where?"), max_length=120, help_text=_("The place, the machine or the case, in a few words.")
    )
    adaptation = forms.CharField(
        label=_("What did you change, or what went wrong?"), max_length=4000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    with_author = forms.BooleanField(label=_("One of its authors helped me"), required=False)

    def application(self) -> Application:
        return Application(**self.cleaned_data)
