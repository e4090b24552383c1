"""From what an act wrote to its rows in the ledger: the act itself, and each consequence under its own verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from commonplace.ledger import clock, effects, projection, registry
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.locking import subject_of
from commonplace.ledger.models import Act
from commonplace.ledger.situation import Situation

R = TypeVar("R", bound=models.Model, covariant=True)


@dataclass(frozen=True, slots=True)
class Also:
    """A consequence written within an act: a decision settles a challenge, sets a charter, signs a card."""

    verb: str
    row: models.Model
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Written(Generic[R]):
    """What an act's body gives back: the row it wrote, the evidence for the ledger, and what followed from it.

    `happened_at` (aware) for what is recorded afterwards: not in the future, not before its subject.
    """

    row: R
    evidence: Evidence
    also: Sequence[Also] = ()
    happened_at: datetime | None = None


def record(verb: str, actor: models.Model, written: Written[Any], situation: Situation) -> None:
    registry.checked(verb, written.evidence)
    for also in written.also:
        registry.checked(also.verb, also.evidence, of=verb)
    rows = [Also(verb, written.row, written.evidence), *written.also]
    at = _moment(written)
    acts = Act.objects.bulk_create(_act(each, actor, at, situation) for each in rows)
    projection.follow(zip(acts, (each.evidence for each in rows), strict=True))
    effects.owe(acts)


def _act(each: Also, actor: models.Model, at: datetime, situation: Situation) -> Act:
    subject = subject_of(each.row)
    return Act(
        verb=each.verb,
        actor=actor.pk,
        recorded_by=actor.pk,
        object=each.row.pk,
        subject=subject.pk,
        community=community_of(subject),
        evidence=each.evidence.as_json(),
        version=each.evidence.version,
        unit_id=situation.unit_id,
        newcomer=situation.newcomer,
        experience=situation.experience,
        happened_at=at,
        recorded_at=clock.wall(),
    )


def _moment(written: Written[Any]) -> datetime:
    if written.happened_at is None:
        return clock.now()
    if written.happened_at > clock.now():
        raise NotPossible(_("This lies in the future. Say when it happened."))
    for row in (written.row, *(also.row for also in written.also)):
        if Act.objects.about(subject_of(row)).exists() and not _had_begun(row, written.happened_at):
            raise NotPossible(_("This would have happened before what it belongs to. Say when it happened."))
    return written.happened_at


def _had_begun(row: models.Model, at: datetime) -> bool:
    """Had anything happened to its subject by then?"""
    return Act.objects.about(subject_of(row)).filter(happened_at__lte=at).exists()


def community_of(subject: Any) -> str:
    return str(getattr(subject, "community_id", "") or "")
