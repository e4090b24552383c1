"""What changed between two texts, word by word, as people read them: not the signs of Markdown."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape
from typing import Final

from commonplace.communities.texts import MARKDOWN, shown
from commonplace.untrusted.html import plain
from commonplace.untrusted.lines import of_one_kind

REMEMBERED: Final = 500
# Chinese, Japanese and Thai have no spaces between words: each sign of theirs is one, with the marks upon it.
_SIGN = "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ON_IT = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*"
WORD = re.compile(rf"\s*(?:{_SIGN}{_ON_IT}|(?:(?!{_SIGN})\S)+)|\s+$")

ITEM = re.compile(r"<li\b[^>]*>")
END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|tr|pre|blockquote|div)>|<br\s*/?>|\n(?=[^<]*</pre>)")


def as_read(old: str, new: str) -> str:
    """HTML with <ins> and <del>, made of escaped words. Where nothing but the signs changed, these are shown."""
    before, after = read_as(old), read_as(new)
    return marked(of_one_kind(old), of_one_kind(new)) if before == after else marked(before, after)


def read_as(source: str) -> str:
    """Markdown as it is read, a line for each paragraph and each point of a list."""
    html = ITEM.sub("<li>\N{BULLET} ", shown(of_one_kind(source), MARKDOWN, "difference"))
    lines = (plain(line) for line in END_OF_LINE.split(html))
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=REMEMBERED)
def marked(old: str, new: str) -> str:
    """HTML with <ins> and <del>, made of the escaped source."""
    return "".join(_pieces(WORD.findall(old), WORD.findall(new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[str]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield escape("".join(new[k:m]))
            continue
        yield _tagged("del", old[i:j])
        yield _tagged("ins", new[k:m])


def _tagged(tag: str, words: list[str]) -> str:
    text = "".join(words)
    space = text[: len(text) - len(text.lstrip())]
    return f"{escape(space)}<{tag}>{escape(text.lstrip())}</{tag}>" if text.strip() else ""
