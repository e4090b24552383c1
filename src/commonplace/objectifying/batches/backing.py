"""Somebody goes through a batch and ticks what they know to be in use: each tick is an act by itself."""

from collections.abc import Collection
from dataclasses import dataclass, field

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.sending import part
from commonplace.objectifying import acts
from commonplace.objectifying.models import Practice, PracticeQuerySet


@dataclass(frozen=True, slots=True)
class Ticked:
    """`refused`: with the reason of each."""

    backed: list[Practice] = field(default_factory=list)
    refused: list[tuple[Practice, str]] = field(default_factory=list)


def practices_of(person: Person, batch_id: str) -> PracticeQuerySet:
    """What came in with it, as far as this person may read it."""
    rows: PracticeQuerySet = Practice.objects.visible_to(person)
    return rows.filter(bringing__batch=batch_id).exclude(bringing__batch="")


def back_all(actor: Person, batch_id: str, practices: Collection[str]) -> Ticked:
    """`practices`: ids of some that came in with it. Who: as for one; what is not possible hinders no other."""
    ticked = Ticked()
    for practice in practices_of(actor, batch_id).filter(pk__in=practices).select_related("community").order_by("pk"):
        try:
            with part(practice.pk):
                acts.back(actor, practice)
            ticked.backed.append(practice)
        except NotPossible as no:
            ticked.refused.append((practice, str(no)))
    return ticked
