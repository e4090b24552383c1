"""Places within a text: headings and notes, named after the text, so that two on one page are two."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

from commonplace.untrusted.addresses import leads_nowhere, within
from commonplace.untrusted.headings import levels

_NOT_OF_A_NAME: Final = re.compile(r"[^\w\- ]")


def anchors_plugin(markdown: MarkdownIt) -> None:
    footnote_plugin(markdown, inline=False)
    markdown.core.ruler.push("headings", _headings)
    markdown.core.ruler.push("links", _links)
    for name, rule in _NOTES.items():
        markdown.add_render_rule(name, rule)


def _headings(core: StateCore) -> None:
    ids, seen = core.env.setdefault("ids", {}), Counter[str]()
    opened = [token for token in core.tokens if token.type == "heading_open"]
    closed = [token for token in core.tokens if token.type == "heading_close"]
    for one, other, level in zip(opened, closed, levels(int(token.tag[1]) for token in opened), strict=True):
        one.tag = other.tag = f"h{level}"
    for at, token in enumerate(core.tokens):
        if token.type == "heading_open" and (slug := _free(_slug(core.tokens[at + 1]), ids, seen)):
            ids[slug] = f"{core.env['mark']}-{slug}"
            token.attrSet("id", ids[slug])


def _slug(heading: Token) -> str:
    words = "".join(child.content for child in heading.children or () if child.type in ("text", "code_inline"))
    return _NOT_OF_A_NAME.sub("", words.lower().strip()).replace(" ", "-")[:100]


def _free(slug: str, taken: dict[str, str], seen: Counter[str]) -> str:
    one = slug
    while slug and one in taken:
        seen[slug] += 1
        one = f"{slug}-{seen[slug]}"
    return one


def _links(core: StateCore) -> None:
    for block in core.tokens:
        if block.children:
            block.children = _led(block.children, core.env["ids"])


def _led(tokens: list[Token], ids: dict[str, str]) -> list[Token]:
    """A link to a page that is not here keeps its words, and says where it led."""
    kept: list[Token] = []
    lost = ""
    for token in tokens:
        address = within(str(token.attrGet("href") or ""), ids)
        if token.type == "link_open" and leads_nowhere(address):
            lost = address
        elif token.type == "link_close" and lost:
            kept.append(Token("text", "", 0, content=f" ({lost})"))
            lost = ""
        else:
            if token.type == "link_open":
                token.attrSet("href", address)
            kept.append(token)
    return kept


def _name(token: Token, env: EnvType, kind: str) -> str:
    """With a full stop, which no heading's id has: a heading may be called "note1"."""
    again = token.meta.get("subId", 0) if kind == "ref" else 0
    return escapeHtml(f"{env['mark']}.{kind}{token.meta['id'] + 1}" + (f"-{again}" if again > 0 else ""))


def _ref(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    words = f'<a href="#{_name(token, env, "note")}">[{token.meta["id"] + 1}]</a>'
    return f'<sup id="{_name(token, env, "ref")}">{words}</sup>'


def _open(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return f'<li id="{_name(tokens[at], env, "note")}">'


def _back(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    return f' <a href="#{_name(tokens[at], env, "ref")}">\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}</a>'


_NOTES: Final[dict[str, Any]] = {
    "footnote_ref": _ref,
    "footnote_open": _open,
    "footnote_anchor": _back,
    "footnote_close": lambda *_: "</li>",
    "footnote_block_open": lambda *_: '<ol class="notes">',
    "footnote_block_close": lambda *_: "</ol>",
}
