"""Which pages of the sign-in library there are: those that somebody is led to, and some only if mail is sent."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.views.generic import RedirectView

from commonplace.communities.views.addresses import Addresses
from commonplace.communities.views.passwords import PasswordReset
from commonplace.communities.views.sign_in import SignIn, SignOut
from commonplace.communities.views.signup import SignUp

View = Callable[..., HttpResponseBase]


def by_mail(view: View) -> View:
    """A page that only a letter leads to; where no mail is sent, there is none."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.MAIL:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


urlpatterns = [
    path("signup/", SignUp.as_view(), name="account_signup"),
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", SignOut.as_view(), name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("email/", Addresses.as_view(), name="account_email"),
    path("confirm-email/", by_mail(account.email_verification_sent), name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", by_mail(account.confirm_email), name="account_confirm_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", RedirectView.as_view(pattern_name="new_password"), name="account_set_password"),
    path("password/reset/", PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", by_mail(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_mail(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/", second_factor.index, name="mfa_index"),
    path("2fa/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
