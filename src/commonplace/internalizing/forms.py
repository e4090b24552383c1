"""What a person reports of an application: how it went, where, and who helped. Nothing here writes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import OneLine
from commonplace.files.forms import WithFiles
from commonplace.internalizing.models import LONGEST_ADAPTATION, Application, Help, Outcome
from commonplace.objectifying.models import Practice, Version


class ApplicationForm(WithFiles):
    into = "adaptation"
    field_order = ("outcome", "where", "adaptation", "help", "files")
    outcome = forms.ChoiceField(label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect)
    where = OneLine(
        label=_("Where?"), max_length=120, help_text=_("The place, the machine or the case, in a few words.")
    )
    adaptation = forms.CharField(
        label=_("What did you change, or what went wrong?"), max_length=LONGEST_ADAPTATION, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    help = forms.ChoiceField(
        label=_("Who helped you?"), required=False, widget=forms.RadioSelect,
        choices=[choice for choice in Help.choices if choice[0] != Help.UNSAID],
    )  # fmt: skip
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_help(self) -> str:
        return self.cleaned_data["help"] or Help.UNSAID

    def application(self) -> Application:
        return Application(**{name: self.cleaned_data[name] for name in ("outcome", "where", "adaptation", "help")})

    def version_of(self, practice: Practice) -> Version | None:
        """The one that this person could read when they opened the page."""
        return practice.versions.filter(pk=self.cleaned_data["version"]).first()
