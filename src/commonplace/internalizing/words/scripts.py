"""Which characters make a word: letters, digits and the marks that belong to them, in every script."""

import re
import unicodedata
from functools import cache
from itertools import groupby

# Written without spaces between words, or with particles that grow on to them: found by neighbouring letters.
UNSPACED = (
    "\u0e00-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u0edc-\u0edf"  # Thai, Lao
    "\u1000-\u103f\u1050-\u109f\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17d3\u17dc\u17dd\u1950-\u19c9\u1a20-\u1a7f"  # Khmer, Tai
    "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"  # Korean
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u3099\u309a\u309d-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48f\uf900-\ufaff\U00020000-\U0003ffff"
)
PICTURES = "\u2190-\u21ff\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
JOINERS = "-\u2010\u2011\u2013._/\\\\:@'\u2019&+"
LAST_WITH_MARKS = 0x1FFFF


@cache
def marks() -> str:
    """The signs that stand on a letter, as ranges of a character class."""
    codes = [code for code in range(0x300, LAST_WITH_MARKS) if unicodedata.category(chr(code))[0] == "M"]
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


@cache
def tokens() -> re.Pattern[str]:
    """A run of an unspaced script, a picture, or words with what joins them: `AB-1234`, `C++`, `.NET`, `10.20.30.4`."""
    joined = rf"(?:(?<![\w.])\.(?=[^\W\d_]))?{_solid()}(?:[{JOINERS}]{{1,2}}{_solid()})*"
    return re.compile(rf"[{UNSPACED}]+|[{PICTURES}]|{joined}")


@cache
def solids() -> re.Pattern[str]:
    """What is joined in a token: letters and digits, then perhaps a sign that is part of the name."""
    return re.compile(_solid())


def _solid() -> str:
    letter = rf"[^\W_{UNSPACED}]"
    return rf"{letter}+(?:[{marks()}]+{letter}*)*(?:\+\+(?![^\W\d_])|[+#](?![\w+]))?"


@cache
def clusters() -> re.Pattern[str]:
    """A letter with its marks."""
    return re.compile(rf"[^{marks()}][{marks()}]*|[{marks()}]+")


def is_unspaced(token: str) -> bool:
    return bool(_UNSPACED.match(token))


def is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


_UNSPACED = re.compile(f"[{UNSPACED}]")
