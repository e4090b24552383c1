"""From a page that refuses, back to where the reader may be."""

import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import defaults

from commonplace.communities import kept
from commonplace.communities.models import Community
from commonplace.communities.views.sign_in import stopped, too_often
from commonplace.web.wire import Answer

OF_A_COMMUNITY = re.compile(r"/c/([-\w]+)/")


def way_back(request: HttpRequest | None) -> Community | None:
    """The community that the address is of, if they may see its front page."""
    person, match = getattr(request or None, "user", None), request and OF_A_COMMUNITY.match(request.path_info)
    if not match or person is None or not person.is_authenticated:
        return None
    return Community.objects.visible_to(person).filter(slug=match[1]).first()


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    request.POST = QueryDict()  # What could not be read once cannot be read for the page that says so.
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20}, status=413)
    return defaults.bad_request(request, exception)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a good token: given back to be sent again, if a page of ours sent it; else it was no form of ours.

    A page of signing in is too old as soon as somebody has signed in in another window: what it carries goes on.
    What a page elsewhere makes somebody send is not shown to them, or they would send it.
    """
    if refused := too_often(request):
        return refused
    if not _is_from_here(request):
        request.POST = QueryDict()
    elif request.user.is_authenticated and (pk := kept.remember(request)):
        return redirect("kept", pk)
    elif request.user.is_authenticated:
        words = _("That page was open for too long. Nothing was sent: this is what you wrote, to be sent again.")
        answer = kept.shown(request, kept.of(request), words)
        answer.status_code = 403 if answer.status_code in (200, 422) else answer.status_code
        return answer
    elif _needs_a_session(request) or kept.opened(request.POST.get(kept.FIELD, "")):
        return stopped(request)
    return render(request, "403_csrf.html", status=403)


def _is_from_here(request: HttpRequest) -> bool:
    """A browser says so, and lets no page say it of another."""
    here = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") == here or request.headers.get("Sec-Fetch-Site") == "same-origin"


def _needs_a_session(request: HttpRequest) -> bool:
    return request.resolver_match is not None and getattr(request.resolver_match.func, "login_required", True)


class Worded:
    """An address that only takes what a form sends says so, in place of an empty page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = render(request, "405.html").content
        return response
