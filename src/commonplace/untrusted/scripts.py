"""The language of a text as far as its letters tell it, for fonts, line breaks and voices that read aloud."""

import re
from typing import Final

MOST_READ: Final = 2_000
# By letters that no other common language writes; a script that many languages share is told as a script.
_SCRIPTS: Final = {
    "fa": re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]"),
    "ar": re.compile("[\u0600-\u06ff\u0750-\u077f]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "und-Cyrl": re.compile("[\u0400-\u04ff]"),
}
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_FROM_THE_RIGHT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_OF_OTHER_SCRIPTS: Final = re.compile("[\u0370-\uffdc]")


def language_of(text: str, usual: str) -> str:
    """`usual`, which is written in Latin letters, unless there are more of another script."""
    if text.isascii() or not _OF_OTHER_SCRIPTS.search(text):
        return usual
    seen = {name: len(letters.findall(text[:MOST_READ])) for name, letters in _SCRIPTS.items()}
    seen["zh"], seen["ja"] = (0, seen["ja"] + seen["zh"]) if seen["ja"] else (seen["zh"], 0)
    seen["ar"], seen["fa"] = (0, seen["ar"]) if seen["fa"] else (seen["ar"], 0)
    most = max(seen, key=lambda name: seen[name])
    return most if seen[most] > len(_LATIN.findall(text[:MOST_READ])) // 2 else usual


def isolated(text: str) -> str:
    """Within a sentence that is no HTML: what is read from the right does not turn the rest."""
    return f"\u2068{text}\u2069" if is_from_the_right(text) else text


def is_from_the_right(text: str) -> bool:
    """Some of it is read from right to left, and would turn what stands beside it."""
    return bool(_FROM_THE_RIGHT.search(text))
