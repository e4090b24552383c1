"""Where an address of this installation leads, and what the page there is about."""

import re
from urllib.parse import urlsplit

from django.urls import ResolverMatch, resolve

from commonplace.ledger.ids import LENGTH

_ID = re.compile(rf"[0-9a-z]{{{LENGTH}}}")


def leads_to(href: str) -> ResolverMatch:
    return resolve(urlsplit(href).path)


def slug_of(href: str) -> str:
    """Of the community whose page it leads to; "" where it is none's."""
    return str(leads_to(href).kwargs.get("slug", ""))


def subject_of(href: str) -> str:
    """What a page is about: the first id that its address names, or the page itself."""
    named = [str(value) for name, value in leads_to(href).kwargs.items() if name != "slug"]
    return next(filter(_ID.fullmatch, named), urlsplit(href).path)
