"""Of each number on a page that leads to a list: how many rows the list has."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.web.walking import MAIN

LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>((?:(?!</a>).)*)</a>', re.DOTALL)
IN_A_LINK = re.compile(r'<small>(\d+)</small>|class="(?:n|hub)">(\d+)<|^\s*(\d+)(?:\s+[a-z]|\s*$)')
BESIDE_ONE = re.compile(r'<dt><a href="([^"]*)">[^<]*</a></dt>\s*<dd>(\d+)</dd>')
ROW = re.compile(r'<li class="row"|<tr><th scope="row"|<div>\s*<p class="about"><b>')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def counted(page: str) -> Iterator[tuple[str, int]]:
    """Each address, and how many are said to be there."""
    main = MAIN.search(page)
    for href, inner in LINK.findall(main[0] if main else ""):
        if match := IN_A_LINK.search(inner):
            yield html.unescape(href), int(next(filter(None, match.groups())))
    for href, n in BESIDE_ONE.findall(page):
        yield html.unescape(href), int(n)


def rows(browser: Client, address: str) -> int:
    """On all pages of the list."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    page = answer.content.decode().rpartition(f'id="{urlsplit(address).fragment or 0}"')[2]
    older = NEXT.search(page)
    return len(ROW.findall(page)) + (rows(browser, urljoin(address, html.unescape(older[1]))) if older else 0)
