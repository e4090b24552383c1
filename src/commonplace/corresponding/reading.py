"""Reading the page itself puts its notices away: a private mark, as a last visit is."""

import logging
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Thread
from commonplace.corresponding.models import Notice
from commonplace.corresponding.unread import shown, threads
from commonplace.ledger import clock

log = logging.getLogger(__name__)
PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


class PutAway:
    """After a page of a thread was shown, if something of it was unread: what happened before it was read from its
    rows, no later. What a browser fetches before anybody looks is not read."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked_at = clock.now()
        response: HttpResponse = self.answer(request)
        thread = shown(request) if response.status_code == 200 else ""
        if thread and thread in threads(request.user, thread):
            _note(request.user, asked_at, thread)
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: dict[str, str]) -> None:
        if request.method == "GET" and not _is_fetched_before(request) and request.user.is_authenticated:
            request.shows = _thread_at(request.resolver_match.url_name)


def _note(person: Any, asked_at: datetime, thread: str) -> None:
    """Where nothing can be written, on a full disk, what was asked for is read all the same."""
    try:
        put_away(person, asked_at, thread=thread)
    except DatabaseError as error:
        log.warning("What was read could not be put away: %s", error)


def put_away(person: Any, until: datetime, **which: str) -> int:
    """Of one's own unread notices these, of what happened until then; how many they were."""
    rows = Notice.objects.filter(person=person.pk, at__lte=until, **which).unread().everywhere("one's own marks")
    return rows.update(put_away_at=clock.now())


def _is_fetched_before(request: HttpRequest) -> bool:
    purposes = " ".join(request.headers.get(name, "") for name in PURPOSES)
    return "prefetch" in purposes or "preview" in purposes


def _thread_at(address: str | None) -> Thread | None:
    return next((one for one in contributed(Thread) if address in one.pages), None)
