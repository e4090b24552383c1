"""The bulk form of the act, for archives: locks, each verb's own rule, one transaction, the same reactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from commonplace.ledger import clock, effects, once, projection, registry
from commonplace.ledger.act import require, writing
from commonplace.ledger.errors import NotPossible, NotRecordable
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.locking import current, lock, subject_of
from commonplace.ledger.models import Act
from commonplace.ledger.rules import Rule
from commonplace.ledger.situation import UNKNOWN, Situation

BATCH = 500
OWED_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act that happened elsewhere: `actor` did it at `happened_at`; ids are public ids, the time is aware.

    What the archive cannot know of the actor is "" or None in `situation`, never False.
    """

    verb: str
    actor: str
    object: str
    subject: str
    community: str
    happened_at: datetime
    evidence: Evidence
    situation: Situation = UNKNOWN


@dataclass(frozen=True, slots=True)
class Change:
    """Columns of a stored row that these acts change."""

    row: models.Model
    columns: tuple[str, ...]


class Bringing:
    """An archive on its way in: `recorded_by` answers to each verb's `brought_by`; `origin` names the archive."""

    def __init__(self, recorded_by: models.Model, community: models.Model, origin: str) -> None:
        self.recorded_by, self.community, self.origin = recorded_by, community, origin
        self._held: set[str] = {community.pk}
        self._allowed: set[Rule[Any, Any]] = set()
        self._first: int | None = None

    def hold(self, rows: Iterable[models.Model]) -> None:
        """Lock the subjects of stored rows, in the order of every act: before reading what depends on them."""
        subjects = [subject_of(row) for row in rows]
        lock(subjects)
        self._held.update(subject.pk for subject in subjects)

    def holds(self, subject: str) -> bool:
        """Is it locked, or has it come in with this archive? Then nobody else writes there meanwhile."""
        return subject in self._held

    def require(self, verb: str) -> None:
        """Raises NotAllowed unless this person may bring acts of this verb into this community."""
        declared = registry.ACTS.get(verb)
        if declared is None or declared.brought_by is None:
            raise NotRecordable(f"{verb} does not come out of archives.")
        if declared.brought_by not in self._allowed:
            require(declared.brought_by, self.recorded_by, self.community)
            self._allowed.add(declared.brought_by)

    def write(
        self,
        rows: Sequence[Sequence[models.Model]],
        acts: Sequence[PastAct],
        *,
        changes: Sequence[Change] = (),
        removed: Sequence[models.Model] = (),
    ) -> None:
        """All that these acts write: rows of one model each, parents first; changed and removed rows; the acts."""
        for verb in {act.verb for act in acts}:
            self.require(verb)
        self._require_held(acts, chain.from_iterable(rows))
        recorded = [self._act(act) for act in acts]
        with writing():
            _store(rows, changes, removed)
            written = Act.objects.bulk_create(recorded, batch_size=BATCH)
            projection.follow(zip(written, (act.evidence for act in acts), strict=True))
        if written and self._first is None:
            self._first = written[0].pk

    def owe(self) -> None:
        """The reactions to all of it, each subject's acts side by side: whoever reacts sees it once."""
        if self._first is None:
            return
        ours = Act.objects.everywhere("reactions to an archive").filter(pk__gte=self._first, origin=self.origin)
        acts = ours.filter(recorded_by=self.recorded_by.pk).only("verb").order_by("subject", "pk").iterator()
        while some := list(islice(acts, OWED_AT_ONCE)):
            effects.owe(some)

    def _require_held(self, acts: Sequence[PastAct], new: Iterable[models.Model]) -> None:
        subjects = {act.subject for act in acts}
        if strangers := subjects - self._held - {row.pk for row in new}:
            raise NotRecordable(f"Acts on what is not locked: {', '.join(sorted(strangers))}.")
        self._held |= subjects

    def _act(self, act: PastAct) -> Act:
        registry.checked(act.verb, act.evidence)
        if act.happened_at > clock.now():
            raise NotPossible(_("This lies in the future. Say when it happened."))
        return Act(
            verb=act.verb,
            actor=act.actor,
            recorded_by=self.recorded_by.pk,
            object=act.object,
            subject=act.subject,
            community=act.community,
            evidence=act.evidence.as_json(),
            version=act.evidence.version,
            unit_id=act.situation.unit_id,
            newcomer=act.situation.newcomer,
            experience=act.situation.experience,
            happened_at=act.happened_at,
            recorded_at=clock.wall(),
            origin=self.origin,
        )


@contextmanager
def bringing(recorded_by: models.Model, community: models.Model, origin: str) -> Iterator[Bringing]:
    """Within this block an archive comes in, all or nothing: one at a time into a community, the clock still."""
    with transaction.atomic(), once.afresh(), clock.still():
        lock([community])
        archive = Bringing(current(recorded_by), community, origin)
        yield archive
        archive.owe()


def _store(rows: Sequence[Sequence[models.Model]], changes: Sequence[Change], removed: Sequence[models.Model]) -> None:
    for row in removed:
        row.delete()
    for same in filter(None, rows):
        type(same[0])._base_manager.bulk_create(same, batch_size=BATCH)
    for change in changes:
        models.Model.save(change.row, update_fields=change.columns)  # As it was made: no text is rendered again.
