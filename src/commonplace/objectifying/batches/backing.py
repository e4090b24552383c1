"""Somebody goes through a batch and ticks what they know to be in use: each tick is an act by itself."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef

from commonplace.communities.models import Person
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.sending import part
from commonplace.objectifying import acts, policy
from commonplace.objectifying.listing import not_agreed
from commonplace.objectifying.models import Backing, Practice, PracticeQuerySet
from commonplace.objectifying.moves import begins


@dataclass(frozen=True, slots=True)
class Ticked:
    """`refused`: with the reason of each."""

    backed: list[Practice] = field(default_factory=list)
    refused: list[tuple[Practice, str]] = field(default_factory=list)


def practices_of(person: Person, batch_id: str) -> PracticeQuerySet:
    """What came in with it, as far as this person may read it."""
    rows: PracticeQuerySet = Practice.objects.visible_to(person)
    return rows.filter(bringing__batch=batch_id).exclude(bringing__batch="")


def to_back(person: Person, batch_id: str) -> PracticeQuerySet:
    """Those that this person can say of that they are in use: brought in by another, not said yet, and neither agreed
    on nor in a round: there it is asked what they consent to."""
    rows = practices_of(person, batch_id).exclude(bringing__by=person.pk)
    rows = rows.filter(policy.reviewer.where(person, Practice))
    theirs = Backing.objects.filter(bringing=OuterRef("bringing"), person=person.pk).everywhere("one's own word")
    rows = rows.filter(**not_agreed("course")).filter(course__status__in=begins("practice.backed"))
    return rows.exclude(Exists(theirs))


def backed(practices: PracticeQuerySet) -> dict[str, int]:
    """How many say so, of each practice of which anybody does."""
    rows = Backing.objects.filter(bringing__practice__in=practices.order_by().values("pk")).by_members()
    counted = rows.everywhere("who reads a practice reads who backs it").order_by().values("bringing__practice")
    return dict(counted.annotate(many=Count("pk")).values_list("bringing__practice", "many"))


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
