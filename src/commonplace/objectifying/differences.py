"""What changed between two versions, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from commonplace.objectifying.models import PARTS, Version

WORD = re.compile(r"\s*\S+|\s+$")


def changes(old: Version, new: Version) -> list[tuple[str, str]]:
    """(heading, HTML with <ins> and <del>) of each part that differs. The HTML is made of the escaped source."""
    return [(str(PARTS[part]), marked(getattr(old, part), getattr(new, part))) for part in new.parts_changed_from(old)]


def marked(old: str, new: str) -> str:
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
