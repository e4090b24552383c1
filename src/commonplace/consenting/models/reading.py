"""What belongs to a round is read by those who may read the round."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from commonplace.communities.models.footing import readable, where
from commonplace.communities.models.person import person_shown
from commonplace.communities.policy import belongs
from commonplace.consenting.matter import kinds_for_members, kinds_for_sponsors
from commonplace.ledger.scope import ScopedQuerySet

M = TypeVar("M", bound=models.Model)
S = TypeVar("S", bound="models.QuerySet[Any, Any]")


def readable_rounds(person: Any, to_round: str = "", readers: Callable[[Any, str], Q] = readable) -> Q:
    """`to_round`: the way from the row, "proposal__". Of the matters that are about a person only members read;
    those on objectives are read by whoever oversees these, a sponsor from outside, too. `readers`: who."""
    among_members = Q(**{f"{to_round}matter__in": kinds_for_members()})
    open_to_readers = readers(person, f"{to_round}community") & ~among_members
    among_sponsors = Q(**{f"{to_round}matter__in": kinds_for_sponsors()})
    overseen = where(lambda one: one.may_oversee, person, f"{to_round}community") & among_sponsors
    return open_to_readers | overseen | (where(belongs, person, f"{to_round}community") & among_members)


def with_people(rows: S, *ways: str) -> S:
    """Of the people at the end of these ways no more than a byline shows."""
    own = [column.name for column in rows.model._meta.concrete_fields]
    return rows.select_related(*ways).only(*own, *(name for way in ways for name in person_shown(way)))


class RoundPartQuerySet(ScopedQuerySet[M]):
    def _visible_to(self, person: Any) -> RoundPartQuerySet[M]:
        return self.filter(readable_rounds(person, "proposal__"))
