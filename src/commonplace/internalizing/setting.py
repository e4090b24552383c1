"""Telling one setting of real work from another without keeping its name."""

import hashlib

from commonplace.internalizing.search.words import fold, spelled

LENGTH = 12


def setting(practice: str, where: str) -> str:
    """A short code, the same for "Pump 4, north" and "pump 4 north", and of no use in another practice."""
    words = " ".join(fold(word) for word in spelled(where))
    return hashlib.sha256(f"{practice}\0{words}".encode()).hexdigest()[:LENGTH]
