"""The sign-in library's forms that ask for an address, and what they may not give away."""

from allauth.account import forms as library
from django import forms
from django.utils.translation import gettext as _

from commonplace.communities import addresses
from commonplace.communities.models import Person


class AddEmailForm(library.AddEmailForm):
    def clean_email(self) -> str:
        email: str = super().clean_email()
        if addresses.taken([email], besides=self.user.pk):
            raise forms.ValidationError(_("This address cannot be added to your account."))
        return email


class ResetPasswordForm(library.ResetPasswordForm):
    users: list[Person]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [person for person in self.users if addresses.may_be_set_anew(person, email)]
        return email
