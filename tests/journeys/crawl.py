"""Walk along the links of one's pages: one example of every route, as a person would come upon it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.visitor import Visitor

LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
NOT_PAGES = ("account_logout", "mfa_download_recovery_codes")
MOST = 400


def pages(visitor: Visitor, start: str = "/") -> Iterator[tuple[str, int]]:
    """A path and its status, while it is open in the visitor's browser."""
    waiting, seen = [start], set()
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        route = _route(path)
        if route in seen or route in NOT_PAGES:
            continue
        seen.add(route)
        status = visitor.go(path)
        if not visitor.page.evaluate("document.contentType").startswith("text/html"):
            continue
        waiting += [_path(link) for link in visitor.page.evaluate(LINKS) if urlsplit(link).netloc == visitor.host]
        yield path, status


def _path(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _route(path: str) -> str:
    """The name of the address, and which kind of view of it was asked for."""
    parts = urlsplit(path)
    try:
        found = resolve(parts.path)
    except Resolver404:
        return path
    return f"{found.view_name} {'&'.join(sorted(pair.split('=')[0] for pair in parts.query.split('&')))}".strip()
