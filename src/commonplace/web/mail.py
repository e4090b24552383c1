"""The mail server, as one address says it. Without one nothing is sent, and pages say whom to ask instead."""

from typing import Any

import dj_email_url  # type: ignore[import-untyped]
from django.core.exceptions import ImproperlyConfigured

NONE, SECONDS = "dummy://", 10


def mail_server(address: str) -> dict[str, Any]:
    """Django's settings for it."""
    read = dj_email_url.parse(address or NONE)
    if "EMAIL_BACKEND" not in read:
        raise ImproperlyConfigured(
            f"COMMONPLACE_MAIL is no address of a mail server: {address.partition('://')[0]}://. "
            "One looks like submission://name:password@mail.example.org:587"
        )
    read["EMAIL_TIMEOUT"] = read["EMAIL_TIMEOUT"] or SECONDS
    return {name: value for name, value in read.items() if name.startswith("EMAIL_")}
