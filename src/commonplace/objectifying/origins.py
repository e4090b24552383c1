"""What the page of a practice says of where it was brought in from, and of its family in other communities."""

from typing import Any

from commonplace.communities.models.footing import footings
from commonplace.consenting.kinds import Kind, Outcome
from commonplace.consenting.models import Proposal
from commonplace.ledger.act import asked
from commonplace.objectifying import acts
from commonplace.objectifying.family import relatives
from commonplace.objectifying.models import Backing, Practice
from commonplace.objectifying.moves import refusal


def shown(person: Any, practice: Practice) -> dict[str, Any]:
    """`is_member_elsewhere`: they could take it over there. `why_not_back`: what hinders this reader to say that it is
    in use, None where it is not theirs to say; `refused`: the round here that did not agree to it."""
    elsewhere = any(one.is_member for pk, one in footings(person).items() if pk != practice.community_id)
    family = {"relatives": relatives(person, practice), "is_member_elsewhere": elsewhere}
    if not practice.course.brought:
        return family
    backers = Backing.objects.filter(bringing__practice=practice).by_members().select_related("person").order_by("at")
    return family | {
        "backers": list(backers.everywhere("who reads a practice reads who says that it is in use")),
        "why_not_back": None if refusal("practice.backed", practice.status) else asked(acts.back, person, practice),
        "refused": None if practice.course.last_agreed else _refusal(practice),
    }


def _refusal(practice: Practice) -> Proposal | None:
    rounds = Proposal.objects.on(practice, Kind.ACCEPTANCE).filter(outcome__in=[Outcome.NOT_ACCEPTED, Outcome.RETURNED])
    rounds = rounds.select_related("community").order_by("-decided_at")
    return rounds.everywhere("who reads a practice reads how its rounds ended").first()
