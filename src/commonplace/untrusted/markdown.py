"""Markdown that members write, made into HTML that cannot run, load or pretend."""

from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from commonplace.untrusted.html import named, own, plain, sanitize

__all__ = ["plain", "render", "render_line", "sanitize"]

LEVELS_BELOW_THE_PAGE: Final = 2


def render(text: str) -> str:
    """HTML of a member's text. No raw HTML, no picture loads, `#` becomes the third level of heading."""
    return own(_MARKDOWN.render(text))


def render_line(text: str) -> str:
    """HTML of a remark: emphasis, code and links, one paragraph, no blocks."""
    return own(f"<p>{_MARKDOWN.renderInline(text)}</p>")


def _shift_headings(core: StateCore) -> None:
    for token in core.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + LEVELS_BELOW_THE_PAGE)}"


def _mark_linked_pictures(core: StateCore) -> None:
    for token in core.tokens:
        depth = 0
        for child in token.children or ():
            depth += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            child.meta["linked"] = depth > 0


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    address = str(token.attrGet("src") or "")
    label = _escaped(named(address, renderer.renderInlineAsText(token.children, options, env)))
    return label if token.meta["linked"] else f'<a href="{_escaped(address)}">{label}</a>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.core.ruler.push("shift_headings", _shift_headings)
    markdown.core.ruler.push("linked_pictures", _mark_linked_pictures)
    markdown.add_render_rule("image", _picture)
    return markdown


_MARKDOWN: Final[Any] = _made()
