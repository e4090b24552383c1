"""What every page gets: security headers, the reader's language and time zone, and one reading of their footing."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from commonplace.communities import kept, marks, names, zones
from commonplace.communities.models import Person
from commonplace.ledger import ground
from commonplace.ledger.once import a_page
from commonplace.ledger.sending import sending
from commonplace.web.headers import HEADERS
from commonplace.web.wire import Answer

OF_A_COMMUNITY = "c/<slug:slug>/"


class ContentSecurity:
    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Ground:
    """Asked before each page: a folder that is gone would be made again, empty, by whoever writes into it next."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        ground.require()
        return self.answer(request)


class ReaderPreferences:
    """Language: the member's own, else the cookie or browser. Time zone: the member's own, else the server's."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person) and person.language:
            translation.activate(person.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        with timezone.override(zones.clocks(getattr(person, "time_zone", ""))):
            return self.answer(request)


class FirstVisit:
    """Before the first account there is only one page."""

    OPEN = ("/static/", "/healthz", "/i18n/")
    done = False

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        start = reverse("start")
        if not self._started() and request.path != start and not request.path.startswith(self.OPEN):
            return redirect(start)
        return self.answer(request)

    def _started(self) -> bool:
        FirstVisit.done = FirstVisit.done or Person.objects.exclude(email=None).exists()
        return FirstVisit.done


class Legible:
    """No address of ours has a NUL, which PostgreSQL cannot even be asked for."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if "\0" in request.path_info:
            raise Http404


class OneSending:
    """A form carries its mark: sent again with the same words, by the same person, it is done once."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.user.is_authenticated:
            return self.answer(request)
        answer, is_done = self._answered(request)
        if is_done:
            kept.is_sent(request, answer.headers.get("Location", request.get_full_path()))
        return answer

    def _answered(self, request: HttpRequest) -> tuple[HttpResponse, bool]:
        """And whether it was carried out; the sign-in library's forms have no mark, and lead away when they were."""
        if not request.POST.get(marks.FIELD):
            answer = self.answer(request)
            return answer, answer.status_code == 302
        mark = f"{request.user.pk} {request.POST[marks.FIELD]}"
        with sending(mark, request.get_full_path(), *_words(request)) as form:
            if before := form.leads_to():
                messages.info(request, _("You had sent this already; nothing was done a second time."))
                return redirect(before), True
            answer = self.answer(request)
            if answer.status_code == 302:
                form.led_to(answer.headers["Location"])
            return answer, bool(form.done)


class OnePage:
    """A page that only reads asks for a footing once; an act asks afresh."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with a_page():
            names.read_by(request.user)
            return self.answer(request)

    def process_view(self, request: HttpRequest, view: object, args: object, at: dict[str, Any]) -> None:
        """Whose page it is stands in its address."""
        if request.resolver_match and request.resolver_match.route.startswith(OF_A_COMMUNITY):
            names.within(at["slug"])


def _words(request: HttpRequest) -> Iterator[str]:
    for name in sorted(request.POST):
        if name != "csrfmiddlewaretoken":
            yield from (name, *request.POST.getlist(name))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield from (name, str(file.name), _digest(file))


def _digest(file: Any) -> str:
    """Another picture may have the same name and size. Whoever reads it next begins at its beginning."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()
