"""Whoever's session has ended signs in on a whole page, and loses nothing that they were sending."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from commonplace.communities.views.sign_in import stopped, too_often

WHOLE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML show:window:top"}


class SignInFirst(LoginRequiredMiddleware):
    def handle_no_permission(self, request: HttpRequest, view: Any) -> HttpResponse:  # type: ignore[override]
        is_part = "HX-Request" in request.headers
        if request.method == "POST" and (refused := too_often(request)):
            return refused
        if request.method == "POST":
            return _in_place_of_all(stopped(request)) if is_part else stopped(request)
        if is_part:
            return _away_from_the_part(request)
        answer: HttpResponse = super().handle_no_permission(request, view)
        return answer


def _in_place_of_all(answer: HttpResponse) -> HttpResponse:
    """htmx throws away what is not 200."""
    answer.status_code = 200
    for name, value in WHOLE.items():
        answer.headers[name] = value
    return answer


def _away_from_the_part(request: HttpRequest) -> HttpResponse:
    """htmx would put the page of signing in into the one that is open."""
    here = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = urlencode({"next": here._replace(scheme="", netloc="", fragment="").geturl()})
    return HttpResponse(headers={"HX-Redirect": f"{resolve_url(settings.LOGIN_URL)}?{back}"})
