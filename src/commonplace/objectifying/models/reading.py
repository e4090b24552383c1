"""What belongs to a practice is read by those who may read the practice."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.db import models

from commonplace.communities.models.footing import readable
from commonplace.ledger.scope import ScopedQuerySet

M = TypeVar("M", bound=models.Model)


class PartQuerySet(ScopedQuerySet[M]):
    """`path` leads from the row to its practice's community."""

    path: ClassVar[str] = "practice__community"

    def _visible_to(self, person: Any) -> PartQuerySet[M]:
        return self.filter(readable(person, self.path))


class ChallengePartQuerySet(PartQuerySet[M]):
    path = "challenge__practice__community"


class BringingPartQuerySet(PartQuerySet[M]):
    path = "bringing__practice__community"


class ReviewPartQuerySet(PartQuerySet[M]):
    path = "review__practice__community"
