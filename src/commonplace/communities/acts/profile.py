"""What people say of themselves."""

from typing import Any

from commonplace.communities import policy
from commonplace.communities.evidence import UnitChanged
from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act


@act("person.profile_edited", who=policy.themselves, evidence=UnitChanged)
def edit_profile(actor: Person, person: Person, /, **changed: Any) -> Written[Person]:
    """Who: the person concerned. Guard: none. Effect: name, unit, language, time zone or picture change."""
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    return Written(person, UnitChanged(person.unit))
