"""When this browser was here before, and when in which communities. Only its own signed cookies know: no table, no
ledger; gone when they are erased."""

from datetime import UTC, datetime, timedelta
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from commonplace.communities.models.footing import places
from commonplace.communities.pages import asks_for_a_part
from commonplace.ledger import clock
from commonplace.web.wire import Answer

COOKIE, PLACES = "visits", "places"
MOST_PLACES = 8
ONE_VISIT = timedelta(hours=1)
KEPT = timedelta(days=365)


def last_visit(request: HttpRequest) -> datetime | None:
    """When the visit before this one was."""
    before, latest = _known(request)
    return before if latest and clock.now() - latest < ONE_VISIT else latest


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A visit goes on while its pages are less than an hour apart."""
    moments = [moment.isoformat() if moment else "" for moment in (last_visit(request), clock.now())]
    return _keep(request, response, COOKIE, " ".join(moments))


def last_places(request: HttpRequest) -> list[str]:
    """Their slugs, the one visited last first."""
    return list(_places(request))


def news_in(request: HttpRequest) -> frozenset[str]:
    """The slugs of one's communities in which others did something that is news, since one was here before, and since
    one looked there. On a first visit all is new, and nothing is marked."""
    last, there = last_visit(request), _places(request)
    known = {one: [moment for moment in (last, there.get(one.slug)) if moment] for one in places(request.user)}
    return frozenset(one.slug for one, moments in known.items() if moments and one.last > max(moments))


class LastPlaces:
    """Whoever opens a page of a community in which they belong or serve looks there then. Who signs out leaves no name
    of a place behind, which the next person at this browser could read."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if not request.user.is_authenticated and PLACES in request.COOKIES:
            response.delete_cookie(PLACES, samesite="Lax")
        slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
        if slug and _is_a_page(request, response) and any(place.slug == slug for place in places(request.user)):
            now: dict[str, datetime | None] = {slug: clock.now()}
            before = {one: at for one, at in _places(request).items() if one != slug}
            _keep(request, response, PLACES, _as_kept(now | before))
        return response


def _is_a_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Of somebody who is signed in, and no part of one that is open."""
    is_whole = request.method == "GET" and response.status_code == 200 and not asks_for_a_part(request)
    return is_whole and request.user.is_authenticated and response.headers.get("Content-Type", "")[:9] == "text/html"


def _keep(request: HttpRequest, response: HttpResponse, cookie: str, value: str) -> HttpResponse:
    secure, salt = request.is_secure(), _salt(request)
    response.set_signed_cookie(cookie, value, salt, max_age=KEPT, httponly=True, samesite="Lax", secure=secure)
    return response


def moment(text: str) -> datetime | None:
    """An aware moment, or None for anything else that may stand in an address."""
    try:
        parsed = parse_datetime(text.replace(" ", "+"))
        return parsed.astimezone(UTC) if parsed and parsed.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _known(request: HttpRequest) -> tuple[datetime | None, datetime | None]:
    kept = request.get_signed_cookie(COOKIE, "", salt=_salt(request)) or ""
    before, _, latest = kept.partition(" ")
    return moment(before), moment(latest)


def _places(request: HttpRequest) -> dict[str, datetime | None]:
    kept = request.get_signed_cookie(PLACES, "", salt=_salt(request)) or ""
    return {slug: moment(at) for slug, _, at in (one.partition("@") for one in kept.split())}


def _as_kept(visited: dict[str, datetime | None]) -> str:
    last = islice(visited.items(), MOST_PLACES)
    return " ".join(f"{slug}@{at.isoformat() if at else ''}" for slug, at in last)


def _salt(request: HttpRequest) -> str:
    """Another person at the same browser has visits of their own."""
    return f"visits of {request.user.pk}"
