"""What people, units, communities, topics and the installation are called, whoever calls the act."""

from django.db.models import Model
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.untrusted.visible import folded, hides_something, is_blank


def must_be_a_name(name: str) -> None:
    """Of a person."""
    must_be_called(name, Person, _("A person needs a name of at most %(most)s letters."))


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
