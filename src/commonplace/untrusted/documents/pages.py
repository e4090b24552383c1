"""HTML as Markdown: its words, their order and emphasis; nothing that loads, styles or runs."""

import html as entities
import re
from typing import Any, Final

import nh3
from markdownify import MarkdownConverter

from commonplace.untrusted.allowed import SCHEMES
from commonplace.untrusted.tasks import DONE, TO_DO
from commonplace.untrusted.visible import one_line

_TAGS: Final = frozenset({
    "a", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "s", "samp", "section",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
# Neither words of the text nor meant to be read with it; the last only where they end, or all that follows would go.
_WITHOUT: Final = frozenset({"script", "style", "title", "template", "noscript", "iframe"})
_WITHOUT_IF_CLOSED: Final = ("nav", "svg", "select", "button")
_ATTRIBUTES: Final = {"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}}
# Neither words nor a picture with a name: nothing of it can stand in a text.
_ELSEWHERE: Final = re.compile(r"<(?:iframe|object|embed|video|audio|canvas|math|form)\b", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title\b[^>]*>([^<]{0,2000})", re.IGNORECASE)
_BOX: Final = re.compile(r"<input\b[^<>]{0,200}?type=[\"']?checkbox\b([^<>]{0,200})>", re.IGNORECASE)
_MEANT: Final = re.compile(r"([\\`*\[\]|]|~~|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,40};))")
_AT_THE_START: Final = re.compile(r"\A(\s*)(?:([-+>#=:])|(\d{1,9})([.)]))(?=\s|#|>|-|\Z)")
_FENCE: Final = re.compile(r"`{3,}")
_SEVERAL_LINES: Final = re.compile(r"\n{3,}")


def markdown_of(html: str) -> str:
    boxes = _BOX.sub(lambda box: DONE if "checked" in box[1].lower() else TO_DO, html)
    made: str = _Converter().convert(_cleaned(boxes))
    return _SEVERAL_LINES.sub("\n\n", made).strip("\n")


def _cleaned(html: str) -> str:
    lower = html.lower()
    closed = {tag for tag in _WITHOUT_IF_CLOSED if lower.count(f"<{tag}") == lower.count(f"</{tag}>")}
    return nh3.clean(
        html, tags=set(_TAGS), clean_content_tags=_WITHOUT | closed, attributes=_ATTRIBUTES, url_schemes=SCHEMES,
        link_rel=None,
    )  # fmt: skip


def title_of(html: str) -> str:
    """What its window would be called."""
    match = _TITLE.search(html)
    return one_line(entities.unescape(match[1])) if match else ""


def leaves_something_out(html: str) -> bool:
    return bool(_ELSEWHERE.search(html))


class _Converter(MarkdownConverter):
    """What was a sign on the page stays one: it makes no heading, list, link or column."""

    class Options:
        heading_style = "atx"
        bullets = "-"
        autolinks = False
        table_infer_header = True
        wrap = True  # a line's end on a page is a space
        wrap_width = None

    def escape(self, text: str, parent_tags: Any) -> str:
        meant = _MEANT.sub(r"\\\1", text)
        return _AT_THE_START.sub(lambda sign: f"{sign[1]}{sign[3] or ''}\\{sign[2] or sign[4]}", meant)

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        address = str(el.get("href") or "")
        return text if address.startswith("#") else _linked(super().convert_a(el, text, parent_tags), address)

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        alt, address = self.escape(one_line(str(el.get("alt") or "")), parent_tags), str(el.get("src") or "")
        return _linked(f"![{alt}]({address})", address) if address else alt

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        longest = max((len(run) for run in _FENCE.findall(text)), default=2)
        fence, lines = "`" * (longest + 1), text.strip("\n")
        return f"\n\n{fence}\n{lines}\n{fence}\n\n" if lines.strip() else ""


def _linked(made: str, address: str) -> str:
    """An address with spaces or brackets stands between angles."""
    if not re.search(r"[\s()<>]", address):
        return made
    plain = re.sub(r"\s+", " ", address).replace("<", "%3C").replace(">", "%3E")
    return made.replace(f"]({address})", f"](<{plain}>)")
