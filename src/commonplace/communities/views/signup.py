"""Making an account, on the library's page: whoever is refused reads why, and loses nothing that they typed."""

from typing import Any

from allauth.account.views import SignupView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commonplace.communities import invited
from commonplace.ledger.errors import NotPossible


class SignUp(SignupView):
    """Whoever sends the form had a way in when they opened it: it is the act that says what became of it."""

    def is_open(self) -> bool:
        sent = self.request.method == "POST" and invited.in_hand(self.request) is not None
        return sent or bool(super().is_open())

    def closed(self) -> HttpResponse:
        context = {"over": invited.in_hand(self.request), "typed": invited.typed(self.request)}
        return render(self.request, self.template_name_signup_closed, context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "empty" in request.POST:
            invited.forget(request)
            return redirect("account_signup")
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "typed": invited.typed(self.request)}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **invited.typed(self.request)}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except NotPossible as refusal:
            form.add_error(refusal.about if refusal.about in form.fields else None, str(refusal))
            return self.form_invalid(form)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        if form.invitation and not form.invitation.is_good():
            invited.keep_typed(self.request, form.data)
        response: HttpResponse = self.render_to_response(self.get_context_data(form=form), status=422)
        return response
