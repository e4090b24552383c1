"""How a page travels: compressed where that gives nothing away, and not at all where the reader has it already."""

import gzip
import re
import secrets
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from commonplace.ledger.ids import LENGTH

Answer = Callable[[HttpRequest], HttpResponse]
LEAST, LEVEL = 500, 2
PADDING = 100
SECRETS = ("/account/", "/feeds/")
PAGE = re.compile(rf"(page=\d{{0,4}}|(before|after)=[0-9a-z]{{{LENGTH}}})?")
TOKENS = re.compile(rb'(name="(?:csrfmiddlewaretoken|once)" value="|"x-csrftoken": ")\w+')


class Compressed:
    """Who reads along on the wire sees how long a page is. Where a stranger chooses words of a page, its length would
    tell whether they stand in it a second time (BREACH): so nothing that holds a secret, and nothing that answers more
    to somebody who is signed in than the number of a page, or the row before or after which it begins. No page says
    which row that was; and the path is in no page, unless it is its own name of a row.
    Tokens of forms change with every page.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if _is_small_or_done(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if takes_gzip(request) and not _gives_away(request, response):
            response.content = _packed(response.content)
            response["Content-Encoding"], response["Content-Length"] = "gzip", str(len(response.content))
        return response


class Unchanged:
    """A page that anybody may read is not sent again while it says the same; what is personal is kept by nobody."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if request.method != "GET" or response.status_code != 200 or response.streaming:
            return response
        new = any(request.COOKIES.get(name) != cookie.value for name, cookie in response.cookies.items())
        if new or _is_signed_in(request) or response.has_header("Cache-Control"):
            return response
        etag = f'W/"{_digest(request, response)}"'
        response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
        return get_conditional_response(request, etag, None, response) or response


def takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _is_small_or_done(response: HttpResponse) -> bool:
    if response.streaming or response.has_header("Content-Encoding") or len(response.content) < LEAST:
        return True
    return not response.headers.get("Content-Type", "").startswith(("text/", "application/json"))


def _gives_away(request: HttpRequest, response: HttpResponse) -> bool:
    """A view that forbids to keep its page shows a secret; which page of a list it is says nothing."""
    if response.has_header("Cache-Control") and "no-store" in response.headers["Cache-Control"]:
        return True
    words = not PAGE.fullmatch(request.META.get("QUERY_STRING", ""))
    return request.path_info.startswith(SECRETS) or (words and _is_signed_in(request))


def _is_signed_in(request: HttpRequest) -> bool:
    """Or was: what they bring is not looked into."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _packed(content: bytes) -> bytes:
    """With a name of random length in its head, so that lengths say less."""
    packed = gzip.compress(content, LEVEL, mtime=0)
    name = secrets.token_urlsafe(PADDING)[: secrets.randbelow(PADDING) + 1].encode()
    return packed[:3] + bytes([packed[3] | 8]) + packed[4:10] + name + b"\0" + packed[10:]


def _digest(request: HttpRequest, response: HttpResponse) -> str:
    """Of what the page says, and of the secret that its tokens are made of."""
    secret = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "").encode()
    return sha256(secret + TOKENS.sub(b"", response.content)).hexdigest()[:24]
