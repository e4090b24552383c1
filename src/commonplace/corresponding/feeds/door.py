"""The door of feeds: whoever has the secret reads as the person whose it is, as far as that person may read now."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonplace.communities import zones
from commonplace.communities.languages import spoken
from commonplace.communities.limits import limited
from commonplace.communities.models import Person
from commonplace.corresponding.models import FeedAddress

HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
View = Callable[..., HttpResponse]


def behind_the_secret(view: View) -> Callable[..., HttpResponseBase]:
    """`view(request, person, **at)` answers whoever has it; everybody else, and of what the person may not read, is
    told the same: that nothing is there."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, secret: str, **at: str) -> HttpResponseBase:
        response = _opened(request, view, secret, **at)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


@require_safe
@limited("feeds", most=600, minutes=10, reading=True)
def _opened(request: HttpRequest, view: View, secret: str, **at: str) -> HttpResponse:
    person = FeedAddress.objects.reader(secret)
    if person is None:
        return _nothing(request)
    with translation.override(person.language or spoken()), timezone.override(_zone(person)):
        try:
            return view(request, person, **at)
        except Http404:
            return _nothing(request)


def _nothing(request: HttpRequest) -> HttpResponse:
    words = _("Nothing is here. Where your feeds are read, and how to make their address anew: %(page)s")
    page = request.build_absolute_uri(reverse("my_feeds"))
    return HttpResponse(words % {"page": page} + "\n", status=404, content_type="text/plain; charset=utf-8")


def _zone(person: Person) -> ZoneInfo:
    return ZoneInfo(person.time_zone or zones.of_the_server())


def unless_known(request: HttpRequest, body: bytes, content_type: str, changed: float | None = None) -> HttpResponse:
    """Not sent again to whoever has it as it is. `changed`: when, where nothing leaves it in silence."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=content_type, headers={"ETag": etag})
    if changed is not None:
        response.headers["Last-Modified"] = http_date(changed)
    last = None if changed is None else int(changed)
    return get_conditional_response(request, etag, last, response) or response
