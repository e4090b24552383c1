"""The HTML of an imported text: addresses lead to what is here, pictures say where they are, spoilers are folded.

The source stays as it was written. What is done before the text is cleaned may be fooled by hostile HTML, and is then
cleaned; what is done after it puts in only addresses and tags of our own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from typing import Final
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.archiving.importers import Target
from commonplace.archiving.importing.pictures import as_links
from commonplace.communities.texts import HTML, shown
from commonplace.untrusted.markdown import render_line

SPOILER: Final = "\ue000"
# No pattern looks beyond the next tag: a post may be made to cost the square of its length.
_HIDING: Final = re.compile(r"<blockquote\s[^<>]{0,99}?\bclass=[^<>]{0,99}?\bspoiler\b[^<>]{0,99}>", re.IGNORECASE)
_QUOTE: Final = re.compile(rf"<blockquote>(?:\s*<p>{SPOILER}</p>)?|</blockquote>")
_RELATIVE: Final = re.compile(r"(<(?:a|img)\b[^<>]*?\s(?:href|src)\s*=\s*)([\"'])(//?)(?=[^\"'])", re.IGNORECASE)
_LINK: Final = re.compile(r'<a\b[^<>]*? href="([^"<>]*)"[^<>]*>')


@dataclass(frozen=True, slots=True)
class Adapting:
    """`site` is its address; `targets` what may be at a path of it; `here` where a target is now, or ""."""

    site: str
    targets: Callable[[str], Iterator[Target]]
    here: Callable[[Target], str]

    def html(self, body: str) -> str:
        """Of HTML that somebody wrote there."""
        whole = _HIDING.sub(f"<blockquote><p>{SPOILER}</p>", body.replace(SPOILER, ""))
        return self._led(folded(shown(as_links(_RELATIVE.sub(self._absolute, whole)), HTML, "")))

    def remark(self, body: str) -> str:
        """Of a line of Markdown."""
        return self._led(render_line(body))

    def _absolute(self, match: re.Match[str]) -> str:
        base = "https://" if match[3] == "//" else f"{self.site}/"
        return f"{match[1]}{match[2]}{base}"

    def _led(self, html: str) -> str:
        return _LINK.sub(self._link, html)

    def _link(self, match: re.Match[str]) -> str:
        path = self._path(unescape(match[1]))
        if path is None:
            return match[0]
        if place := next(filter(None, map(self.here, self.targets(path))), ""):
            return f'<a href="{escape(place)}">'
        return match[0].replace(match[1], escape(self.site + path), 1)

    def _path(self, address: str) -> str | None:
        """Of an address of the site itself; None for any other."""
        if address.startswith("/") and not address.startswith("//"):
            return address
        for base in _spellings(self.site):
            if address.lower().startswith(base) and address[len(base) :][:1] in ("", "/", "?", "#"):
                return address[len(base) :]
        return None


def folded(html: str) -> str:
    """Of clean HTML: a quotation that hides something is shown when somebody opens it."""
    hiding: list[bool] = []
    summary = escape(_("Spoiler: open to read"))

    def replaced(match: re.Match[str]) -> str:
        if match[0] == "</blockquote>":
            return "</details>" if hiding and hiding.pop() else "</blockquote>"
        hiding.append(SPOILER in match[0])
        return f"<details><summary>{summary}</summary>" if hiding[-1] else "<blockquote>"

    return _QUOTE.sub(replaced, html).replace(SPOILER, "") if SPOILER in html else html


def place_of(slug: str, exchange: str, response: str = "") -> str:
    """Where an exchange or a response of this community is, for ever."""
    return (
        reverse("response", args=[slug, exchange, response])
        if response
        else reverse("exchange_by_id", args=[slug, exchange])
    )


def place_of_topic(slug: str, name: str) -> str:
    return f"{reverse('exchanges', args=[slug])}?topic={quote(name)}"


def _spellings(site: str) -> list[str]:
    """With and without encryption; `meta.ai.stackexchange.com` is what `ai.meta.stackexchange.com` was called."""
    host = site.partition("://")[2]
    first, _meta, rest = host.partition(".meta.")
    hosts = [host, f"meta.{first}.{rest}"] if rest else [host]
    return [scheme + name for name in hosts for scheme in ("https://", "http://")]
