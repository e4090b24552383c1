"""What people say of themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commonplace.communities.forms.fields import LanguageField, OneLine, UnitField, ZoneField


class ProfileForm(forms.Form):
    name = OneLine(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    unit = UnitField(help_text=_("Where you work: a department, a site, a crew."))
    language = LanguageField()
    time_zone = ZoneField(help_text=_("Deadlines and times are shown in it."))


class PictureForm(forms.Form):
    picture = forms.FileField(
        label=_("A file from this device"),
        help_text=_(
            "JPEG, PNG, WebP or GIF, up to 5 MB. It is cut square; what the file says of camera and place is removed."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
