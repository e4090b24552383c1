"""Telling one setting of real work from another without keeping its name.

The minimum evidence for creation asks for trials in several settings (theory §2.3), and the ledger holds no typed text.
A plain hash of "Pump 4" could be guessed by whoever has the ledger; this one is keyed with the installation's secret.
A backup carries the secret, so what comes after a restore is told apart as before; with a new one all is new.
"""

from django.utils.crypto import salted_hmac

from commonplace.internalizing.words import fold, spelled

KEY = "the setting of an application"
LENGTH = 16


def setting(practice: str, where: str) -> str:
    """A short code, the same for "Pump 4, north" and "pump 4 north", and of no use in another practice."""
    words = " ".join(fold(word) for word in spelled(where))
    return salted_hmac(KEY, f"{practice}\0{words}", algorithm="sha256").hexdigest()[:LENGTH]
