"""A forgotten password: by mail where mail is sent; elsewhere the page says whom to ask, before anything is typed."""

from typing import Any

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from commonplace.communities.adapter import NotSent


@method_decorator(login_not_required, name="dispatch")
class PasswordReset(PasswordResetView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs) if settings.MAIL else self.get(request)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except NotSent:
            form.add_error(
                None, _("No mail could be sent just now. Try again later, or ask the operator for a sign-in link.")
            )
            answer = self.form_invalid(form)
        return answer
