"""So many tries in so many minutes: guessing and flooding are slowed, by one count for all processes."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from commonplace.communities.models import Passing, Person, Tries
from commonplace.ledger import clock
from commonplace.ledger.forgetting import also_forget
from commonplace.ledger.shown import is_only_shown

View = Callable[..., HttpResponseBase]


def limited(what: str, *, most: int, minutes: int, reading: bool = False) -> Callable[[View], View]:
    """Answer only `most` posts of one person (or, not signed in, one address) in `minutes`; then 429.

    `reading`: a page that is costly to look at, counted by itself.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if (request.method == "POST" or reading) and is_too_much(request, what, most, minutes):
                return too_many(request, minutes)
            return view(request, *args, **kwargs)

        answer.is_limited = True  # type: ignore[attr-defined]
        return answer

    return decorate


def is_too_much(request: HttpRequest, what: str, most: int, minutes: int) -> bool:
    return not is_only_shown() and _counted(what, _who(request), minutes, request.method == "POST") > most


def is_too_much_of(person: Person, what: str, most: int, minutes: int) -> bool:
    """Where what is counted comes in a form beside other things."""
    return _counted(what, str(person.pk), minutes, patient=True) > most


def _counted(what: str, who: str, minutes: int, patient: bool) -> int:
    key = salted_hmac("tries", f"{what} {who} {_slot(minutes)}", algorithm="sha256").hexdigest()
    return Tries.objects.counted(key, minutes * 60, patient=patient)


def too_many(request: HttpRequest, minutes: int) -> HttpResponse:
    """Says when to come again."""
    again = datetime.fromtimestamp((_slot(minutes) + 1) * minutes * 60, UTC)
    seconds = max(60, int((again - clock.now()).total_seconds()))
    answer = render(request, "429.html", {"again": again, "seconds": seconds}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def forget() -> None:
    """What was counted in times that are over."""
    Tries.objects.over().delete()
    Passing.objects.filter(expires__lt=clock.now()).delete()


also_forget(forget)


def _slot(minutes: int) -> int:
    return int(clock.now().timestamp()) // (minutes * 60)


def _who(request: HttpRequest) -> str:
    """Digested with what they try before it is kept."""
    return str(request.user.pk) if request.user.is_authenticated else str(get_adapter().get_client_ip(request))
