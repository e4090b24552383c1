"""What a person is called, whoever calls the act: a form, a list, a program."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import is_blank, is_misleading

LONGEST = Person._meta.get_field("name").max_length or 0


def must_be_a_name(name: str) -> None:
    if is_blank(name) or len(name) > LONGEST:
        raise NotPossible(_("A person needs a name of at most %(most)s letters.") % {"most": LONGEST}, "name")
    if is_misleading(name):
        raise NotPossible(_("This name holds something that cannot be seen. Type it anew."), "name")
