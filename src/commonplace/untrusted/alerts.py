"""GitHub's notes and warnings: a quotation whose first line says what it is."""

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

_KIND: Final = re.compile(r"\[!(note|tip|important|warning|caution)\][ \t]*(?=\n|\Z)", re.IGNORECASE)


def alerts_plugin(markdown: MarkdownIt) -> None:
    markdown.core.ruler.before("inline", "alerts", _alert)


def _alert(core: StateCore) -> None:
    for quote, paragraph, words in zip(core.tokens, core.tokens[1:], core.tokens[2:], strict=False):
        kind = _KIND.match(words.content) if words.type == "inline" else None
        if kind and quote.type == "blockquote_open" and paragraph.type == "paragraph_open":
            words.content = f"**{kind[1].capitalize()}**{words.content[kind.end() :]}"
