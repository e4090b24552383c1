"""What people say of themselves."""

from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotAllowed
from commonplace.ledger.evidence import Nothing

PROFILE = {"name", "unit", "language", "time_zone", "picture"}


def _is_of_oneself(actor: Person, person: Person, /, **changed: Any) -> None:
    if not changed.keys() <= PROFILE:
        raise NotAllowed(_("This is not part of a profile."))


@act(
    "person.profile_edited", who=policy.themselves, evidence=Nothing, guard=_is_of_oneself, brought_by=policy.archivist
)
def edit_profile(actor: Person, person: Person, /, **changed: Any) -> Written[Person]:
    """Who: the person concerned. Guard: a profile and nothing else.
    Effect: name, unit, language, time zone, picture change.
    """
    if "picture" in changed and person.picture.name:
        _discard(person.picture.name)
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    return Written(person, Nothing())


def _discard(name: str) -> None:
    transaction.on_commit(lambda: default_storage.delete(name))
