"""The stem of a word in the language of the text it stands in."""

import snowballstemmer

from commonplace.internalizing.words.folding import LONGEST_WORD, fold, foldings
from commonplace.internalizing.words.remembering import remembered

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


@remembered
def stems(word: str, language: str) -> frozenset[str]:
    """With its accents and without: people type "réparée" and mean it when they type "reparee"."""
    name = STEMMERS.get(language.split("-")[0].lower())
    if name is None or (not word.isalpha() and word.isascii()):
        return frozenset()
    # A stemmer holds its word while it works: one for all threads would mix them up.
    stemmer = snowballstemmer.stemmer(name)
    spellings = {word.lower()[:LONGEST_WORD], *foldings(word)}
    return frozenset(fold(stemmer.stemWord(spelling)) for spelling in spellings) - {""}
