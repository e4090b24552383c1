"""A name after an @, of those that whoever asks gives: marked among words, in no code, link or address."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from commonplace.untrusted.visible import folded

LONGEST: Final = 130
# So often a name is looked for in one text: each time costs as much as a name is long.
MOST_TRIED: Final = 400
# Between words of these scripts stand no spaces.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
_GOES_ON: Final = re.compile(r"[^\W_]|[@/]|[._-](?=\w)|['’](?!s\b)(?=\w)")
_ADDRESS: Final = re.compile(r"(?:[^\W_]_?|[.+/@=&%])\Z")


def mentions_plugin(markdown: MarkdownIt) -> None:
    markdown.inline.ruler.before("link", "mention", _mention)
    markdown.core.ruler.after("inline", "mentions", _note)


def _mention(inline: StateInline, silent: bool) -> bool:
    names = inline.env.get("names") or ()
    if silent or not names or inline.linkLevel or inline.src[inline.pos] != "@" or not _may_begin(inline):
        return False
    inline.env["tried"] = inline.env.get("tried", 0) + 1
    end = _end(inline, names) if inline.env["tried"] <= MOST_TRIED else 0
    if end:
        typed = inline.src[inline.pos : end]
        inline.push("mention_open", "span", 1).attrs = {"class": "named"}
        inline.push("text", "", 0).content = typed
        inline.push("mention_close", "span", -1)
        inline.pos = end
    return bool(end)


def _may_begin(inline: StateInline) -> bool:
    """Not within an address, nor within a word, but where words stand without spaces."""
    before = inline.src[max(inline.pos - 2, 0) : inline.pos]
    return not _ADDRESS.search(before) or bool(_UNSPACED.match(before[-1]))


def _end(inline: StateInline, names: Collection[str]) -> int:
    """Where the longest name ends that fits; 0 if none does."""
    words = inline.src[inline.pos + 1 : min(inline.posMax, inline.pos + 1 + LONGEST + 1)]
    ends = (at for at in range(min(len(words), LONGEST), 0, -1) if _may_end(words, at))
    fits = (at for at in ends if not words[:1].isspace() and folded(words[:at]) in names)
    return inline.pos + 1 + at if (at := next(fits, 0)) else 0


def _may_end(words: str, at: int) -> bool:
    last, rest = words[at - 1], words[at:]
    return not last.isspace() and (not _GOES_ON.match(rest) or bool(_UNSPACED.match(last)))


def _note(core: StateCore) -> None:
    """What stands for a picture is no word."""
    core.env["mentioned"] = [folded(name) for name in _marked(core)]


def _marked(core: StateCore) -> Iterator[str]:
    for block in core.tokens:
        children = block.children or []
        yield from (name.content[1:] for one, name in pairwise(children) if one.type == "mention_open")
