"""When this browser was here before. Only its own signed cookie knows: no table, no ledger; gone when it is erased."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime

from commonplace.ledger import clock

COOKIE = "visits"
ONE_VISIT = timedelta(hours=1)
KEPT = timedelta(days=365)


def last_visit(request: HttpRequest) -> datetime | None:
    """When the visit before this one was."""
    before, latest = _known(request)
    return before if latest and clock.now() - latest < ONE_VISIT else latest


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A visit goes on while its pages are less than an hour apart."""
    moments = [moment.isoformat() if moment else "" for moment in (last_visit(request), clock.now())]
    response.set_signed_cookie(
        COOKIE,
        " ".join(moments),
        salt=_salt(request),
        max_age=KEPT,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
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


def _salt(request: HttpRequest) -> str:
    """Another person at the same browser has visits of their own."""
    return f"visits of {request.user.pk}"
