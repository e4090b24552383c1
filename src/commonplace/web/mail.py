"""The mail server, as one address says it. Without one nothing is sent, and pages say whom to ask instead."""

from typing import Any

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

NONE, SECONDS = "dummy://", 10


def mail_server(address: str) -> dict[str, Any]:
    """Django's settings for it."""
    told = dj_email_url.parse(address or NONE)
    if "EMAIL_BACKEND" not in told:
        raise ImproperlyConfigured(
            f"COMMONPLACE_MAIL is no address of a mail server: {address.partition('://')[0]}://. "
            "One looks like submission://name:password@mail.example.org:587"
        )
    told["EMAIL_TIMEOUT"] = told["EMAIL_TIMEOUT"] or SECONDS
    return {name: value for name, value in told.items() if name.startswith("EMAIL_")}
