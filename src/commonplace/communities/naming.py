"""What people, units, communities and topics are called, whoever calls the act: a form, a list, a program."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import hides_something, is_blank

LONGEST = Person._meta.get_field("name").max_length or 0


def must_be_a_name(name: str) -> None:
    """Of a person."""
    if is_blank(name) or len(name) > LONGEST:
        raise NotPossible(_("A person needs a name of at most %(most)s letters.") % {"most": LONGEST}, "name")
    must_hide_nothing(name)


def must_hide_nothing(name: str, about: str = "name") -> None:
    """Two names that look the same would be two."""
    if hides_something(name):
        raise NotPossible(_("This name holds something that cannot be seen. Type it anew."), about)
