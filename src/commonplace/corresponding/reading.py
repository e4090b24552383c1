"""Reading the page itself puts its notices away: a private mark, as a last visit is."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from commonplace.communities.contributions import contributed
from commonplace.communities.occasions import Thread
from commonplace.corresponding.models import Notice
from commonplace.corresponding.unread import threads
from commonplace.ledger import clock


class PutAway:
    """After a page of a thread was shown, if something of it was unread. What a browser fetches before anybody looks
    is not read."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.answer(request)
        shown = getattr(request, "shown_thread", "")
        if shown and response.status_code == 200 and shown in threads(request.user, shown):
            put_away(request.user, thread=shown)
        return response

    def process_view(self, request: Any, view: object, args: object, kwargs: dict[str, str]) -> None:
        fetched = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
        shows = request.method == "GET" and not fetched and _shows_a_thread(request.resolver_match.url_name)
        if shows and request.user.is_authenticated:
            request.shown_thread = kwargs["pk"]


def put_away(person: Any, **which: str) -> int:
    """Of one's own unread notices these; how many they were."""
    rows = Notice.objects.filter(person=person.pk, **which).unread().everywhere("one's own marks")
    return rows.update(put_away_at=clock.now())


def _shows_a_thread(address: str | None) -> bool:
    return any(address in one.pages for one in contributed(Thread))
