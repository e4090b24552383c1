"""Words as both engines see them: without case or accents, and their stems in the community's language."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# Scripts without spaces go character by character: a part of a sentence is found then.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
LONGEST_WORD = 40
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


def spelled(text: str) -> list[str]:
    """The words of a text as they are written, in their order."""
    return [match[0] for match in WORD.finditer(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Letters and digits alone, so that a word can stand in any engine's query; empty if none is left."""
    flat = unicodedata.normalize("NFKD", word.casefold().translate(LIGATURES))
    return "".join(letter for letter in flat if letter.isalnum())[:LONGEST_WORD]


@lru_cache(maxsize=100_000)
def stems(word: str, language: str) -> frozenset[str]:
    """With its accents and without: people type "réparée" and mean it when they type "reparee"."""
    name = STEMMERS.get(language.split("-")[0].lower())
    if name is None:
        return frozenset()
    # A stemmer holds its word while it works: one for all threads would mix them up.
    stemmer = snowballstemmer.stemmer(name)
    spellings = {word.lower()[:LONGEST_WORD], fold(word)}
    return frozenset(fold(stemmer.stemWord(spelling)) for spelling in spellings) - {""}
