"""The mail server, as one address says it. Without one nothing is sent, and pages say whom to ask instead."""

from importlib.util import find_spec
from typing import Any

import dj_email_url  # type: ignore[import-untyped]
from django.core.exceptions import ImproperlyConfigured

NONE, SECONDS, SERVICE = "dummy://", 10, "anymail://"


def mail_server(address: str) -> dict[str, Any]:
    """Django's settings for it."""
    if address.startswith(SERVICE):
        return _service(address.removeprefix(SERVICE).strip("/"))
    read = dj_email_url.parse(address or NONE)
    if "EMAIL_BACKEND" not in read:
        raise ImproperlyConfigured(
            f"COMMONPLACE_MAIL is no address of a mail server: {address.partition('://')[0]}://. "
            "One looks like submission://name:password@mail.example.org:587"
        )
    read["EMAIL_TIMEOUT"] = read["EMAIL_TIMEOUT"] or SECONDS
    return {name: value for name, value in read.items() if name.startswith("EMAIL_")}


def _service(name: str) -> dict[str, Any]:
    """One that django-anymail knows, with its keys in ANYMAIL_..."""
    if not find_spec("anymail"):
        raise ImproperlyConfigured(f"COMMONPLACE_MAIL={SERVICE}{name} needs django-anymail: make mail")
    if not find_spec(f"anymail.backends.{name}"):
        raise ImproperlyConfigured(f"django-anymail knows no service {name!r}; see docs/operator/letters.md")
    return {"EMAIL_BACKEND": f"anymail.backends.{name}.EmailBackend", "EMAIL_TIMEOUT": SECONDS}
