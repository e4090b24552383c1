"""Words, in every script: how a text is taken apart into them, and when two of them are one."""

from commonplace.internalizing.words.folding import fold, foldings, seen
from commonplace.internalizing.words.places import Place, places
from commonplace.internalizing.words.scripts import is_mark
from commonplace.internalizing.words.stemming import stems
from commonplace.internalizing.words.word import PART, SPLIT, WHOLE, Word, spelled, word

__all__ = [
    "PART", "SPLIT", "WHOLE", "Place", "Word", "fold", "foldings", "is_mark", "places", "seen", "spelled", "stems",
    "word",
]  # fmt: skip
