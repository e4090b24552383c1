"""Files of members by their addresses in a text: which it names, and how a picture of ours is shown."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from markdown_it.token import Token

_OURS: Final = r"/files/([0-9a-z]{26})/([A-Za-z0-9_][A-Za-z0-9._-]{0,119})"
ADDRESS: Final = re.compile(_OURS)
_LINK: Final = re.compile(rf"{_OURS}(?:[?#].*)?", re.DOTALL)
_SHOWN: Final = re.compile(rf"{_OURS}\?small")
_IMG: Final = re.compile(r"<img(?: [a-z]+=\"[^\"]*\")*>")
_SOURCE, _ALT = re.compile(r' src="([^"]*)"'), re.compile(r' alt="([^"]*)"')
# Where a picture stands in words: a sign that nobody types, and its address.
STANDS_FOR: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
_STOOD_FOR: Final = re.compile(STANDS_FOR + _OURS)


def picture(address: str, label: str, linked: bool) -> str:
    """HTML: small in its place, whole by its link, unless it stands in a link of its author's."""
    shown = f'<img src="{address}?small" alt="{label}" loading="lazy" class="picture">'
    return shown if linked else f'<a href="{address}">{shown}</a>'


def as_ours(tag: str, attribute: str, value: str) -> str | None:
    """Of a picture in our own HTML no other address stays: it loads nothing from elsewhere."""
    return None if (tag, attribute) == ("img", "src") and not _SHOWN.fullmatch(value) else value


def in_words(html: str, worded: Callable[[str, str], str] = lambda alt, _address: alt) -> str:
    """Each picture as `worded` says: by its alternative text, unless told otherwise."""
    return _IMG.sub(lambda tag: worded(_of(_ALT, tag[0]), _of(_SOURCE, tag[0])), html)


def with_address(alt: str, address: str) -> str:
    """Another picture of the same name is another word."""
    return f" {STANDS_FOR}{address.removesuffix('?small')} {alt} "


def with_pictures(escaped: str) -> str:
    """HTML of words in which pictures stand, as `with_address` wrote them."""
    return _STOOD_FOR.sub(lambda match: picture(match[0].removeprefix(STANDS_FOR), match[2], linked=False), escaped)


def named(tokens: Sequence[Token]) -> Iterator[str]:
    """The ids of files that are shown or linked."""
    for block in tokens:
        for token in block.children or ():
            address = _LINK.fullmatch(str(_address(token)))
            if address:
                yield address[1]


def _address(token: Token) -> Any:
    return token.attrGet({"image": "src", "link_open": "href"}.get(token.type, "")) or ""


def _of(attribute: re.Pattern[str], tag: str) -> str:
    match = attribute.search(tag)
    return match[1] if match else ""
