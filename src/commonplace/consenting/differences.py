"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from html import escape
from typing import Final

REMEMBERED: Final = 500
# Chinese, Japanese and Thai have no spaces between words: each sign of theirs is one, with the marks upon it.
_SIGN = "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ON_IT = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*"
WORD = re.compile(rf"\s*(?:{_SIGN}{_ON_IT}|(?:(?!{_SIGN})\S)+)|\s+$")


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
