"""What people, units, communities, topics and the installation are called, whoever calls the act."""

import re
from typing import Final

from django.db.models import Model
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import (
    ends_as_we_mark,
    folded,
    hides_something,
    is_blank,
    mixes_alphabets,
)

LEADS_AWAY: Final = re.compile(r"://|\bwww\.", re.I)


def must_be_a_name(name: str) -> None:
    """Of a person."""
    must_be_called(name, Person, _("A person needs a name of at most %(most)s letters."))
    if why := pretends(name):
        raise NotPossible(why, "name")


def pretends(name: str) -> str:
    """Why it would pass for another's, or for what is no name; nothing if it would not."""
    if ends_as_we_mark(name):
        return _("A number or “bot” in brackets at the end of a name is only put there by this site. Leave it out.")
    if mixes_alphabets(name):
        return _("A word of this name mixes letters of two alphabets. Type it in one.")
    return _("A web address is no name.") if LEADS_AWAY.search(name) else ""


def must_be_called(name: str, model: type[Model], otherwise: str, about: str = "name") -> None:
    """Something to see, nothing hidden, no longer than its column."""
    most = getattr(model._meta.get_field(about), "max_length", 0)
    if is_blank(name) or not folded(name) or len(name) > most:
        raise NotPossible(otherwise % {"most": most}, about)
    must_hide_nothing(name, about)


def must_hide_nothing(name: str, about: str = "name") -> None:
    """Two names that look the same would be two, and a turn of direction would turn what stands beside it."""
    if hides_something(name):
        raise NotPossible(_("This holds something that cannot be seen. Type it anew."), about)
