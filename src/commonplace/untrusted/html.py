"""HTML that others wrote: the tags that may stay, and nothing that loads, styles or runs."""

import html as entities
import re
from typing import Final

import nh3

from commonplace.untrusted.allowed import (
    ATTRIBUTES,
    CLASSES,
    DIRECTIONS,
    MATH,
    OWN_SCHEMES,
    PLACES,
    REACHED,
    SCHEMES,
    SHOWN,
    TAGS,
)
from commonplace.untrusted.dollars import in_html
from commonplace.untrusted.headings import in_order
from commonplace.untrusted.pictured import as_ours, in_words

REL: Final = "nofollow noopener noreferrer ugc"
# A parser takes the square of the depth: beyond this many tags only the words are kept.
MANY_TAGS: Final = 5_000
PASSES: Final = 6

_OWN: Final = nh3.Cleaner(
    tags=TAGS | MATH | {"span"}, attributes=ATTRIBUTES | PLACES, allowed_classes=CLASSES,
    tag_attribute_values=DIRECTIONS, set_tag_attribute_values=REACHED, url_schemes=OWN_SCHEMES, link_rel=REL,
)  # fmt: skip
_OWN_WITH_PICTURES: Final = nh3.Cleaner(
    tags=TAGS | MATH | {"span", "img"}, attributes=ATTRIBUTES | PLACES | {"img": {"src", "alt"}},
    allowed_classes=CLASSES | {"img": {"picture"}}, tag_attribute_values=DIRECTIONS | SHOWN,
    set_tag_attribute_values=REACHED, url_schemes=OWN_SCHEMES, link_rel=REL, attribute_filter=as_ours,
)  # fmt: skip
_FOREIGN: Final = nh3.Cleaner(
    tags=TAGS | MATH, attributes=ATTRIBUTES, set_tag_attribute_values=REACHED, url_schemes=SCHEMES, link_rel=REL,
    url_relative="deny",
)  # fmt: skip
_WITH_PICTURES: Final = nh3.Cleaner(
    tags=TAGS | MATH | {"h1", "h2", "img"},
    attributes={**ATTRIBUTES, "img": {"src", "alt"}},
    url_schemes=SCHEMES,
    link_rel=REL,
    url_relative="deny",
)
_TEXT: Final = nh3.Cleaner(tags=set())
_LINK_OR_PICTURE: Final = re.compile(r"<a [^>]*>|</a>|<img(?: [a-z]+=\"[^\"]*\")*>")
_SOURCE, _ALT = re.compile(r' src="([^"]*)"'), re.compile(r' alt="([^"]*)"')
_BLOCK: Final = re.compile(r"<(?=/?(?:p|li|br|hr|h[1-6]|div|pre|t[dhr]|d[dt]|blockquote|table|[uo]l)\b)", re.IGNORECASE)
_MATH_ELEMENT: Final = re.compile(r"<math\b.*?(?:</math\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ALTERNATIVE: Final = re.compile(r'<math\b[^>]*? alttext="([^"]*)"')
_WAY_BACK: Final = re.compile(r"<a [^>]*>\u21a9\ufe0e?</a>")
_TAG_NAME: Final = re.compile(r"</?([^\s<>/]+)")
_ANY_TAG: Final = re.compile(r"<[^<>]*>")


def sanitize(html: str) -> str:
    """Only the allowed tags of an archive's HTML; pictures become links; a second time changes nothing."""
    if html.count("<") > MANY_TAGS:
        return _as_text(html)
    html = in_html(_cleaned(html))
    for _ in range(PASSES):
        cleaned = _cleaned(html)
        if cleaned == html:
            return html
        html = cleaned
    return _as_text(html)


def own(html: str) -> str:
    """The same allow-list over HTML that our own renderer made: addresses within this site may stay, and pictures."""
    return (_OWN_WITH_PICTURES if "<img" in html else _OWN).clean(html)


def plain(html: str) -> str:
    """The words alone, in one line, for search and excerpts: of a formula its source, of a picture what it shows,
    of a note not its way back."""
    html = _WAY_BACK.sub("", _MATH_ELEMENT.sub(_source, in_words(html)))
    text = _ANY_TAG.sub(" ", html) if html.count("<") > MANY_TAGS else _TEXT.clean(_BLOCK.sub(" <", html))
    return " ".join(entities.unescape(text).split())


def named(address: str, alt: str) -> str:
    """What to call a picture that is not shown: its alternative text, else its file's name."""
    return alt.strip() or address.rpartition("/")[2] or "image"


def _cleaned(html: str) -> str:
    html = _MATH_ELEMENT.sub(_formula_alone, html)
    if not re.search(r"<(?:img|h[1-6])\b", html, re.IGNORECASE):
        return _FOREIGN.clean(html)
    return _FOREIGN.clean(in_order(_pictures_as_links(_WITH_PICTURES.clean(html))))


def _formula_alone(match: re.Match[str]) -> str:
    """A formula holds nothing but a formula: other tags in it are where a browser reads what a cleaner did not."""
    names = {tag.lower() for tag in _TAG_NAME.findall(match[0])}
    words = _ANY_TAG.sub(" ", match[0])
    return match[0] if names <= MATH else entities.escape(entities.unescape(words), quote=False)


def _source(match: re.Match[str]) -> str:
    """As it was typed, or the words of one that others made."""
    alternative = _ALTERNATIVE.match(match[0])
    space = " " * (' display="block"' in match[0])
    return f"{space}{alternative[1]}{space}" if alternative else _ANY_TAG.sub("", match[0])


def _pictures_as_links(cleaned: str) -> str:
    within_link = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal within_link
        if not match[0].startswith("<img"):
            within_link = match[0] != "</a>"
            return match[0]
        return _picture(match[0], within_link)

    return _LINK_OR_PICTURE.sub(replaced, cleaned)


def _picture(tag: str, within_link: bool) -> str:
    source, alt = _SOURCE.search(tag), _ALT.search(tag)
    label = named(source[1] if source else "", alt[1] if alt else "")
    return label if within_link or not source else f'<a href="{source[1]}">{label}</a>'


def _as_text(html: str) -> str:
    return _FOREIGN.clean(entities.escape(plain(html), quote=False))
