"""Signing in and out, on the library's pages; whoever was stopped while sending a form finds it again behind it."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from commonplace.communities import kept
from commonplace.communities.limits import is_too_much, too_many

MOST, MINUTES = 300, 10


class SignIn(LoginView):
    stopped = False

    def get_success_url(self) -> Any:
        """Also of whoever has signed in meanwhile, in another window: they go on at once."""
        pk = kept.remember(self.request)
        return reverse("kept", args=[pk]) if pk else super().get_success_url()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        carried = self.request.POST.get(kept.FIELD, "")
        if self.stopped and kept.opened(carried) is None:
            carried = kept.sealed(kept.of(self.request))
        self.request.carried = carried
        return {**super().get_context_data(**context), "kept": carried, "stopped": self.stopped}


class SignOut(LogoutView):
    def logout(self) -> None:
        """The page that follows is a guest's, and so is what is said there."""
        translation.activate(translation.get_language_from_request(self.request))
        super().logout()


def too_often(request: HttpRequest) -> HttpResponse | None:
    """Of forms without a session or with an old token, which nobody has to be known to send."""
    return too_many(request, MINUTES) if is_too_much(request, "stopped", MOST, MINUTES) else None


def stopped(request: HttpRequest) -> HttpResponse:
    """In answer to a form from whoever is not signed in: the page that lets them in, with all they typed."""
    view = SignIn()
    view.setup(request)
    view.stopped = True
    form = view.get_form_class()(request=request)
    answer: HttpResponse = view.render_to_response(view.get_context_data(form=form), status=401)
    add_never_cache_headers(answer)
    return answer
