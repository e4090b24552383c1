"""Walk along the links of one's pages: one example of every route, as a person would come upon it."""

from collections import deque
from collections.abc import Iterator, Sequence, Set
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.visitor import Visitor

LINKS = """[...document.querySelectorAll('a[href]:not([download])')]
.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"""
NOT_PAGES = ("account_logout", "mfa_download_recovery_codes")


def pages(visitor: Visitor, known: Set[str], starts: Sequence[str] = ("/",)) -> Iterator[tuple[str, int]]:
    """A path and its status, while it is open: all of `starts`, and one example of every route not `known` yet."""
    waiting, seen = deque(starts), set(known)
    must = set(starts)
    while waiting:
        path = waiting.popleft()
        if path not in must and (route(path) in seen or route(path) in NOT_PAGES):
            continue
        must.discard(path)
        seen.add(route(path))
        status = visitor.go(path)
        if visitor.page.evaluate("document.contentType").startswith("text/html"):
            links = visitor.page.evaluate(LINKS)
            waiting += [_path(link) for link in links if urlsplit(link).netloc == visitor.host]
            yield path, status


def _path(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def route(path: str) -> str:
    """The name of the address, and which kind of view of it was asked for."""
    parts = urlsplit(path)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return path
    return f"{match.view_name} {'&'.join(sorted(pair.split('=')[0] for pair in parts.query.split('&')))}".strip()
