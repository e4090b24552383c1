"""Reading the page itself puts its notices away: a private mark, as a last visit is."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Thread
from commonplace.corresponding.models import Notice
from commonplace.corresponding.unread import shown, threads
from commonplace.ledger import clock


class PutAway:
    """After a page of a thread was shown, if something of it was unread. What a browser fetches before anybody looks
    is not read."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.answer(request)
        thread = shown(request) if response.status_code == 200 else ""
        if thread and thread in threads(request.user, thread):
            put_away(request.user, thread=thread)
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: dict[str, str]) -> None:
        fetched = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
        if request.method == "GET" and not fetched and request.user.is_authenticated:
            request.shows = _thread_at(request.resolver_match.url_name)


def put_away(person: Any, **which: str) -> int:
    """Of one's own unread notices these; how many they were."""
    rows = Notice.objects.filter(person=person.pk, **which).unread().everywhere("one's own marks")
    return rows.update(put_away_at=clock.now())


def _thread_at(address: str | None) -> Thread | None:
    return next((one for one in contributed(Thread) if address in one.pages), None)
