"""One's e-mail addresses, on the library's page: no button does nothing in silence, no form comes back empty."""

from typing import Any

from allauth.account.views import EmailView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonplace.ledger.shown import is_only_shown


class Addresses(EmailView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A form that is only shown is not counted among the tries, and its address is not taken up."""
        page: Any = super(EmailView, self) if is_only_shown() else super()
        answer: HttpResponseBase = page.dispatch(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "action_add" not in request.POST and not self._chosen(request):
            messages.error(request, _("Nothing was changed: choose one of your addresses first."))
            return redirect("account_email")
        answer: HttpResponse = super().post(request, *args, **kwargs)
        if "action_send" in request.POST and not self._did_send_verification_email:
            messages.error(request, _("A letter went there a moment ago. Look for it first, also among unwanted mail."))
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = self.form_invalid(form) if is_only_shown() else super().form_valid(form)
        return answer

    def _chosen(self, request: HttpRequest) -> Any:
        return request.POST.get("email") and self._get_email_address(request)
