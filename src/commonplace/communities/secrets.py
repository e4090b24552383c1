"""Secrets in links: shown once, kept as a digest."""

import hashlib
import hmac
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, kept: str) -> bool:
    """Is this the secret whose digest was kept?"""
    return hmac.compare_digest(digest(secret), kept)
