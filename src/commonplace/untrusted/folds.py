"""`<details>` around paragraphs, lists and code: the one tag that Markdown people write as a block."""

import re
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

DEEPEST: Final = 6
_OPENING: Final = re.compile(r"<details( open)?>", re.IGNORECASE)
_SUMMARY: Final = re.compile(r"\s*<summary>([^\n]*?)</summary>", re.IGNORECASE)
_MARK: Final = re.compile(r"(```|~~~)[^\n]*\n.*?\1|`[^`\n]*`|<(/?)details(?: open)?>", re.IGNORECASE | re.DOTALL)


def folds_plugin(markdown: MarkdownIt) -> None:
    markdown.block.ruler.before("fence", "fold", _fold, {"alt": ["paragraph", "reference", "blockquote"]})


def _fold(block: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = block.bMarks[start] + block.tShift[start]
    closing = _pairs(block.src).get(at) if block.src[at : at + 8].lower() == "<details" else None
    depth = block.env.get("folds", 0)
    if closing is None or depth >= DEEPEST or block.is_code_block(start):
        return False
    last = next((line for line in range(start, end) if block.bMarks[line] <= closing < block.eMarks[line]), None)
    if last is None or silent:
        return last is not None
    block.env["folds"] = depth + 1
    _write(block, block.getLines(start, last + 1, block.blkIndent, False).strip())
    block.env["folds"] = depth
    block.line = last + 1
    return True


def _write(block: StateBlock, text: str) -> None:
    opening = _OPENING.match(text)
    closing = _pairs(text).get(0)
    if opening is None or closing is None:
        block.md.block.parse("\\" + text, block.md, block.env, block.tokens)
        return
    summary = _SUMMARY.match(text, opening.end())
    begin = block.push("fold_open", "details", 1)
    if opening[1]:
        begin.attrSet("open", "")
    if summary:
        block.tokens += [
            Token("summary_open", "summary", 1),
            _inline(summary[1]),
            Token("summary_close", "summary", -1),
        ]
    inner = text[summary.end() if summary else opening.end() : closing].strip("\n")
    block.md.block.parse(inner, block.md, block.env, block.tokens)
    block.push("fold_close", "details", -1)
    block.md.block.parse(text[closing + len("</details>") :], block.md, block.env, block.tokens)


def _inline(words: str) -> Token:
    return Token("inline", "", 0, content=words.strip(), children=[], block=True)


@lru_cache(maxsize=64)
def _pairs(text: str) -> dict[int, int]:
    """Where each `<details>` that is closed begins, and where its end tag does; code is passed over."""
    waiting, pairs = [], {}
    for mark in _MARK.finditer(text):
        if mark[2] == "":
            waiting.append(mark.start())
        elif mark[2] == "/" and waiting:
            pairs[waiting.pop()] = mark.start()
    return pairs
