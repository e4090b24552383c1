"""Secrets in links: shown once, kept as a digest."""

import hashlib
import secrets


def fresh() -> str:
    return secrets.token_urlsafe(24)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
