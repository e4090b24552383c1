"""From a page that refuses, back to where the reader may be."""

import re

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from commonplace.communities.models import Community
from commonplace.web.wire import Answer

OF_A_COMMUNITY = re.compile(r"/c/([-\w]+)/")


def way_back(request: HttpRequest | None) -> Community | None:
    """The community that the address is of, if they may see its front page."""
    person, match = getattr(request or None, "user", None), request and OF_A_COMMUNITY.match(request.path_info)
    if not match or person is None or not person.is_authenticated:
        return None
    return Community.objects.visible_to(person).filter(slug=match[1]).first()


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


class Worded:
    """An address that only takes what a form sends says so, in place of an empty page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            response.content = render(request, "405.html").content
        return response
