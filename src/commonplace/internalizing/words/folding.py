"""One spelling of a word, whoever typed it: without case, accents, width, and signs that many leave out."""

import re
import sys
import unicodedata
from functools import cache

from commonplace.internalizing.words.remembering import remembered

LONGEST_WORD = 40
# Invisible: soft hyphens, joiners, directions, variants and tints of pictures; the Arabic stroke that only stretches.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u0640\u180b-\u180f\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
# Accents, Hebrew points, Arabic vowel signs and hamzas; nuktas, which many leave out. Other marks make the word.
DROPPED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u08d3-\u08ff\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
ONE_LETTER: dict[str, str | int] = {
    "œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŋ": "ng", "ß": "ss",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ँ": "ं", "ऍ": "ए", "–": "-", "‐": "-", "‑": "-", "’": "'",
}  # fmt: skip
KANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
HAS_UMLAUT = re.compile("[äöüåø]")


def seen(text: str) -> str:
    """As one sees it: composed, in one width, in small letters, with the digits that everybody knows."""
    wide = unicodedata.normalize("NFKC", UNSEEN.sub("", text))
    small = unicodedata.normalize("NFC", wide.casefold())
    return small if small.isascii() else small.translate(_digits())


@remembered
def fold(word: str) -> str:
    """For comparing; what is left of `seen` letters when what many leave out is left out."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    flat = DROPPED.sub("", unicodedata.normalize("NFKD", seen(word)))
    return unicodedata.normalize("NFC", flat.translate(_letters()))[:LONGEST_WORD]


def foldings(word: str) -> list[str]:
    """`Prüfung` is typed `prufung` and `pruefung`."""
    spelled_out = [fold(word.translate(UMLAUTS))] if HAS_UMLAUT.search(word) else []
    return [fold(word), *spelled_out]


@cache
def _letters() -> dict[int, str | int]:
    return {**KANA, **str.maketrans(ONE_LETTER)}


@cache
def _digits() -> dict[int, str]:
    codes = [code for code in range(0x660, min(0x1FBFA, sys.maxunicode)) if chr(code).isdecimal()]
    return {code: str(unicodedata.decimal(chr(code))) for code in codes} | {ord("♯"): "#"}
