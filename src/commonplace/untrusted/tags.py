"""The few tags that people write within a line. Without attributes, and in pairs; all others are shown as typed."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_TAG: Final = re.compile(r"<(/?)(br|b|del|em|i|ins|kbd|mark|s|samp|strong|sub|sup)[ ]?(/?)>", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--(?:(?!--).)*-->", re.DOTALL)
_LONGEST_COMMENT: Final = 4_000


def tags_plugin(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.before("html_inline", "tag", _tag)
    markdown.core.ruler.after("inline", "pairs_of_tags", _pair)
    markdown.add_render_rule("tag", _shown)


def _tag(inline: StateInline, silent: bool) -> bool:
    if inline.src[inline.pos] != "<":
        return False
    comment = _COMMENT.match(inline.src, inline.pos, min(inline.posMax, inline.pos + _LONGEST_COMMENT))
    tag = _TAG.match(inline.src, inline.pos, inline.posMax)
    if match := comment or tag:
        if not silent and tag:
            _push(inline, tag)
        inline.pos = match.end()
    return bool(match)


def _push(inline: StateInline, tag: re.Match[str]) -> None:
    name = tag[2].lower()
    if name == "br":
        inline.push("hardbreak", "br", 0)
        return
    token = inline.push("tag", name, 0)
    token.content, token.info = tag[0], tag[1] or "open"


def _pair(core: StateCore) -> None:
    for block in core.tokens:
        waiting: list[Token] = []
        for token in block.children or ():
            if token.type == "tag":
                _close(waiting, token)


def _close(waiting: list[Token], token: Token) -> None:
    if token.info == "open":
        waiting.append(token)
    elif waiting and waiting[-1].tag == token.tag:
        token.meta["paired"] = waiting.pop().meta["paired"] = True


def _shown(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[at]
    if not token.meta.get("paired"):
        return escapeHtml(token.content)
    return f"</{token.tag}>" if token.info == "/" else f"<{token.tag}>"
