"""Secrets in links: shown once, kept as a digest."""

import base64
import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac

from commonplace.ledger import sending


def fresh() -> str:
    """For a form that is sent again the same, so that the page shows the link that the first one made."""
    if key := sending.next_key("secret"):
        return base64.urlsafe_b64encode(salted_hmac("commonplace.secrets", key).digest()[:24]).decode()
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def has_digest(text: str, kept: str) -> bool:
    """Is this the text whose digest was kept?"""
    return hmac.compare_digest(digest(text), kept)
