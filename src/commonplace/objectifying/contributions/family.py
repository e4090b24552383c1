"""What waits of a family: the version there is newer than the one that was taken over, or looked at last."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, PositiveSmallIntegerField, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from commonplace.communities.models.footing import readable
from commonplace.communities.models.membership import belonging
from commonplace.ledger.reading import READER, settled
from commonplace.objectifying.models import Agreement, Bringing, Looked, Practice, Version
from commonplace.objectifying.models.practice import orphaned
from commonplace.objectifying.status import PUT_AWAY

WHY = "who may read both is told; each of these is asked for both"
NUMBER = PositiveSmallIntegerField()


def heard_there() -> tuple[QuerySet[Bringing], QuerySet[Bringing]]:
    """Of what the reader looks after: what was taken over, where the original moved on; and originals, where those who
    took it over agreed on another text. `there`: the version in force, since `there_at`."""
    as_it_came = Q(adapted=False) | Q(practice__course__agreed=0)
    began = Case(When(as_it_came, then=Value(1)), default=Value(0), output_field=NUMBER)
    return _newer("practice", "original", F("original_number")), _newer("original", "practice", began)


def _newer(ours: str, theirs: str, known: Any) -> QuerySet[Bringing]:
    """A text that was taken over as it was is known; so is one that was looked at."""
    both = Bringing.objects.visible_to(READER).filter(readable(READER, "original__community"))
    mine = both.filter(
        **{f"{ours}__in": _looked_after(), f"{ours}__community__in": settled(READER, belonging)},
    )
    goes_on = mine.exclude(original__course__status__in=PUT_AWAY).exclude(practice__course__status__in=PUT_AWAY)
    agreed, brought = f"{theirs}__course__agreed", f"{theirs}__course__brought"
    in_force = Case(When(**{f"{agreed}__gt": 0}, then=F(agreed)), default=F(brought), output_field=NUMBER)
    newer = goes_on.annotate(there=in_force).filter(there__gt=known)
    looked = Looked.objects.filter(person=READER.pk, practice=OuterRef(ours), other=OuterRef(theirs))
    unseen = newer.exclude(Exists(looked.filter(number__gte=OuterRef("there")).everywhere("one's own look")))
    return unseen.annotate(there_at=_since(theirs))


def _looked_after() -> QuerySet[Any, Any]:
    """By its steward, or else by who brought it in or wrote it down. Each by its index."""
    mine = Practice.objects.everywhere("one's own").order_by()
    begun = mine.filter(orphaned(), begun_by=READER.pk)
    return mine.filter(steward=READER.pk).values("pk").union(begun.values("pk"))


def _since(theirs: str) -> Coalesce:
    """It is agreed on since then; of what was never agreed on, since it was written."""
    agreements = Agreement.objects.filter(practice=OuterRef(theirs), ended_at=None).everywhere(WHY)
    versions = Version.objects.filter(practice=OuterRef(theirs), number=OuterRef("there")).everywhere(WHY)
    return Coalesce(Subquery(agreements.values("since")[:1]), Subquery(versions.values("made_at")[:1]))


moved_on: dict[str, Callable[[], str]] = {
    "original": lambda: _("The practice it was taken over from has a new version there: what is different"),
    "taken_over": lambda: _("Who took it over agreed on another text there: what is different"),
}
"""By which of the two is theirs."""
