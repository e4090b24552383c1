"""Going along every link without a browser: each page once for each reader, with what it says and where it leads."""

import html
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

HERE = "http://testserver"
LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"(?![^>]*\bdownload\b)')
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
NOT_PAGES = ("account_logout", "mfa_download_recovery_codes")
OF_EACH = 4
"""Pages that differ only in which part of a list they show are walked so often."""


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    came_from: str
    status: int
    source: str

    @property
    def main(self) -> str:
        found_here = MAIN.search(self.source)
        return found_here[0] if found_here else self.source

    @property
    def words(self) -> str:
        """What one reads, in one line."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.main)).split())

    @property
    def links(self) -> list[str]:
        return list(_within(self.path, self.source))


def walk(client: Client, starts: Iterable[str] = ("/",)) -> Iterator[Page]:
    """Every page that this reader's links lead to."""
    waiting, seen, often = deque((start, "") for start in starts), set[str](), Counter[str]()
    while waiting:
        path, came_from = waiting.popleft()
        kind = _kind(path)
        if path in seen or often[kind] >= OF_EACH or kind.startswith(NOT_PAGES):
            continue
        seen.add(path)
        often[kind] += 1
        answer = client.get(path, follow=True)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = Page(path, came_from, answer.status_code, answer.content.decode())
            waiting.extend((link, path) for link in page.links)
            yield page


def _kind(path: str) -> str:
    """Of a list its parts are one kind; every other path is its own."""
    parts = urlsplit(path)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return path
    return f"{name} {parts.path}" if parts.query else f"{name} {parts.path} alone"


def _within(path: str, source: str) -> Iterator[str]:
    for href in LINK.findall(source):
        there = urlsplit(urljoin(HERE + path, html.unescape(href)))
        if f"{there.scheme}://{there.netloc}" == HERE:
            yield there.path + (f"?{there.query}" if there.query else "")
