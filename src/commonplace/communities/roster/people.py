"""One person of a list, and what is asked of one before an account can be made."""

import re
from dataclasses import dataclass
from email.header import decode_header, make_header
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from commonplace.communities import zones
from commonplace.communities.naming import pretends
from commonplace.communities.roster import lines
from commonplace.untrusted.visible import folded, is_blank, one_line

_LETTER: Final = r"[^\s<>()\[\]\"',;:|@]"
# From the beginning of a word only: else a long one without an address is looked through from each of its letters.
ADDRESS: Final = re.compile(rf"(?<!{_LETTER}){_LETTER}+@{_LETTER}+")
LONGEST: Final = {"name": 120, "email": 254, "unit": 80}
AROUND: Final = " \t\n,;|'\"“”„«»"
AROUND_NAME: Final = AROUND + "-–—:*•·"
LEADING: Final = re.compile(rf"{lines.HEADER.pattern}|^\d{{1,4}}\s*[.)–-]\s+", re.I)
WRAPPED: Final = re.compile(r"^[\[(]([^\[\]()]*)[\])]$")


@dataclass(frozen=True, slots=True)
class Listed:
    name: str
    email: str
    unit: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """As it was read: `extra` are cells that nobody asked for, `why` says what keeps it from being a person."""

    text: str
    name: str = ""
    email: str = ""
    unit: str = ""
    zone: str = ""
    extra: tuple[str, ...] = ()
    why: str = ""


def checked(one: Candidate) -> Listed:
    """ValueError, in words, unless an account can be made of it."""
    name, email, unit = called(one.name), address(one.email), one_line(one.unit)
    if why := one.why or _wrong_address(email) or _wrong_name(name) or _too_long(name, unit):
        raise ValueError(why)
    return Listed(name, email.lower(), unit, one.zone if one.zone in zones.names() else "")


def called(text: str) -> str:
    """Out of its quotation marks and, from a mail's header, out of its code; without what a list puts around it."""
    name, before = _decoded(one_line(text).strip(AROUND)), ""
    while name != before:
        before, name = name, WRAPPED.sub(r"\1", LEADING.sub("", name).strip(AROUND_NAME))
    return name


def _decoded(name: str) -> str:
    try:
        return one_line(str(make_header(decode_header(name)))) if "=?" in name else name
    except (LookupError, ValueError):
        return name


def address(text: str) -> str:
    return re.sub("^mailto:|[\u200c\u200d]", "", one_line(text).strip(AROUND + "<>()[].").partition("?")[0], flags=re.I)


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST["email"]


def _wrong_address(email: str) -> str:
    if not email:
        return _("there is no e-mail address in it")
    return "" if is_address(email) else no_address(email)


def no_address(text: str) -> str:
    return _("“%(text)s” is not an e-mail address") % {"text": text[:80]}


def _wrong_name(name: str) -> str:
    if is_blank(name) or not folded(name):
        return nameless()
    if ADDRESS.search(name):
        return _("an e-mail address is no name: all members would see it")
    return pretends(name)


def nameless() -> str:
    return _("the name is missing")


def _too_long(name: str, unit: str) -> str:
    if len(name) <= LONGEST["name"] and len(unit) <= LONGEST["unit"]:
        return ""
    return _("the name is longer than 120 letters, or the unit longer than 80")
