"""The language in the footer: kept in a cookie for guests, with the person for members."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views import i18n

from commonplace.communities import acts, kept, pages
from commonplace.communities.limits import limited
from commonplace.communities.views.sign_in import stopped


@login_not_required
@limited("language", most=120, minutes=10)
def set_language(request: HttpRequest) -> HttpResponseBase:
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES):
        acts.edit_profile(request.user, pages.myself(request), language=code)
    answer = i18n.set_language(request)
    if request.user.is_authenticated and (pk := kept.remember(request)):
        answer["Location"] = reverse("kept", args=[pk])
    elif not request.user.is_authenticated and kept.opened(request.POST.get(kept.FIELD, "")):
        return _stopped_in(code, request, answer)
    return answer


def _stopped_in(code: str, request: HttpRequest, answer: HttpResponseBase) -> HttpResponse:
    """The page of signing in goes on carrying what was typed."""
    if code in dict(settings.LANGUAGES):
        translation.activate(code)
    page = stopped(request)
    page.cookies.update(answer.cookies)
    return page
