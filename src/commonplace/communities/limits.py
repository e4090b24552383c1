"""So many tries in so many minutes: guessing and flooding are slowed. Counted in the cache that all processes share."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.files import locks
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonplace.ledger import clock

View = Callable[..., HttpResponse]


def limited(what: str, *, most: int, minutes: int) -> Callable[[View], View]:
    """Answer only `most` posts of one person (or, not signed in, one address) in `minutes`; then 429."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and _count(f"{what} {_who(request)}", minutes * 60) > most:
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return answer

    return decorate


def _count(key: str, seconds: int) -> int:
    """How many times within the present span of time, this one included."""
    slot = f"limit {key} {int(clock.now().timestamp()) // seconds}".replace(" ", ":")
    with _one_at_a_time():
        tries = int(cache.get(slot, 0)) + 1
        cache.set(slot, tries, seconds)
    return tries


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Whichever thread or process asks: a cache of files reads and writes, it cannot count."""
    folder = Path(str(settings.CACHES["default"]["LOCATION"]))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "counting.lock").open("a") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def _who(request: HttpRequest) -> str:
    return str(request.user.pk) if request.user.is_authenticated else str(get_adapter().get_client_ip(request))
