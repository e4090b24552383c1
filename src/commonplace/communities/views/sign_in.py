"""Signing in, on the library's page; whoever was stopped while sending a form finds it again behind it."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator

from commonplace.communities import kept


class SignIn(LoginView):
    stopped = False

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever has signed in meanwhile, in another window, goes on at once."""
        if request.user.is_authenticated:
            kept.remember(request)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        kept.remember(self.request)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_success_url(self) -> Any:
        goes_back = kept.opened(self.request.POST.get(kept.FIELD, "")) is not None
        return reverse("kept") if goes_back else super().get_success_url()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        carried = kept.sealed(kept.of(self.request)) if self.stopped else self.request.POST.get(kept.FIELD, "")
        return {**super().get_context_data(**context), "kept": carried, "stopped": self.stopped}


def stopped(request: HttpRequest) -> HttpResponse:
    """In answer to a form from whoever is not signed in: the page that lets them in, with all they typed."""
    view = SignIn()
    view.setup(request)
    view.stopped = True
    form = view.get_form_class()(request=request)
    answer: HttpResponse = view.render_to_response(view.get_context_data(form=form), status=401)
    add_never_cache_headers(answer)
    return answer
