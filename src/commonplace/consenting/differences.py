"""What changed between two texts, word by word, as people read them: not the signs of Markdown."""

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache
from html import escape
from itertools import accumulate
from typing import Final

from django.utils.translation import gettext as _

from commonplace.communities.texts import MARKDOWN, shown
from commonplace.untrusted import pictured
from commonplace.untrusted.html import plain
from commonplace.untrusted.lines import of_one_kind

REMEMBERED: Final = 500
MOST_WORK: Final = 1_000_000
# Chinese, Japanese and Thai have no spaces between words: each sign of theirs is one, with the marks upon it.
_SIGN = "[\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_ON_IT = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u3099\u309a]*"
WORD = re.compile(rf"\s*(?:{_SIGN}{_ON_IT}|(?:(?!{_SIGN})\S)+)|\s+$")

LINE = re.compile(r"[^\n]*\n|[^\n]+")
ITEM = re.compile(r"<li\b[^>]*>")
END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|tr|pre|blockquote|div)>|<br\s*/?>|\n(?=[^<]*</pre>)")


def as_read(old: str, new: str, old_html: str = "", new_html: str = "") -> str:
    """HTML with <ins> and <del>, made of escaped words and of pictures. Where nothing but the signs changed, these are
    shown.

    `old_html`, `new_html`: as each is shown, where that is kept; to make it is most of the work.
    """
    before, after = read_as(old, old_html), read_as(new, new_html)
    if before == after:
        return marked(of_one_kind(old), of_one_kind(new))
    return pictured.with_pictures(marked(before, after))


@lru_cache(maxsize=REMEMBERED)
def read_as(source: str, html: str = "") -> str:
    """Markdown as it is read, a line for each paragraph and each point of a list."""
    html = pictured.in_words(html or shown(of_one_kind(source), MARKDOWN, "difference"), pictured.with_address)
    html = ITEM.sub("<li>\N{BULLET} ", html)
    lines = (plain(line) for line in END_OF_LINE.split(html))
    return "\n".join(line for line in lines if line)


def marked(old: str, new: str) -> str:
    """HTML with <ins> and <del>, made of the escaped source: by the word, or by the line where that were too much."""
    by_word, html = _marked(old, new)
    return html if by_word else f"<em>{escape(_('Too different to show word by word.'))}</em>\n{html}"


@lru_cache(maxsize=REMEMBERED)
def _marked(old: str, new: str) -> tuple[bool, str]:
    """Whether it is by the word, and the HTML."""
    for split in (WORD.findall, _lines, _whole):
        try:
            return split == WORD.findall, "".join(_pieces(split(old), split(new)))
        except TooDifferent:
            continue
    raise AssertionError("two pieces are never too different")


def _lines(text: str) -> list[str]:
    return LINE.findall(text)


def _whole(text: str) -> list[str]:
    return [text]


class TooDifferent(Exception):
    """To say what became of which piece takes more than anybody waits for."""


class Bounded(SequenceMatcher[str]):
    """`work`: how often it has looked at two pieces so far; more than MOST_WORK is TooDifferent."""

    def __init__(self, a: Sequence[str], b: Sequence[str]) -> None:
        super().__init__(None, a, b)
        self.work = 0
        where: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]
        self.until = [0, *accumulate(1 + len(where.get(one, ())) for one in a)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        self.work += self.until[-1 if ahi is None else ahi] - self.until[alo]
        if self.work > MOST_WORK:
            raise TooDifferent
        return super().find_longest_match(alo, ahi, blo, bhi)


def _pieces(old: list[str], new: list[str]) -> Iterator[str]:
    """What both begin and end with is compared with nothing else."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield escape("".join(new[:start]))
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    for kind, i, j, k, m in Bounded(a, b).get_opcodes():
        if kind == "equal":
            yield escape("".join(b[k:m]))
            continue
        yield _tagged("del", a[i:j])
        yield _tagged("ins", b[k:m])
    yield escape("".join(new[len(new) - end :]))


def _common(old: list[str], new: list[str]) -> int:
    """With how many equal ones both begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _tagged(tag: str, words: list[str]) -> str:
    text = "".join(words)
    space = text[: len(text) - len(text.lstrip())]
    return f"{escape(space)}<{tag}>{escape(text.lstrip())}</{tag}>" if text.strip() else ""
