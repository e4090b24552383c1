"""The bulk form of the act, for archives: each verb's own rule, one transaction, the same reactions owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from commonplace.ledger import clock, effects, registry
from commonplace.ledger.act import require, writing
from commonplace.ledger.errors import NotPossible, NotRecordable
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.locking import lock
from commonplace.ledger.models import Act
from commonplace.ledger.situation import UNKNOWN, Situation

BATCH = 500


@dataclass(frozen=True, slots=True)
class PastAct:
    """An act that happened elsewhere: `actor` did it at `happened_at`; ids are public ids, the time is aware."""

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


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings in what, and where: `recorded_by` answers to each verb's `brought_by`; `origin` names the archive."""

    recorded_by: models.Model
    community: models.Model
    origin: str

    def write(
        self,
        rows: Iterable[Sequence[models.Model]],
        acts: Sequence[PastAct],
        *,
        changes: Sequence[Change] = (),
        touched: Sequence[models.Model] = (),
    ) -> None:
        """Write rows (sequences of one model each, parents first), changes and acts, all or nothing.

        `touched`: stored rows that the acts are about; their subjects are locked, as by any act.
        """
        for verb in {act.verb for act in acts}:
            self.require(verb)
        with transaction.atomic(), writing():
            lock([*touched, *(change.row for change in changes)])
            for same in rows:
                if same:
                    type(same[0])._base_manager.bulk_create(same, batch_size=BATCH)
            for change in changes:
                change.row.save(update_fields=change.columns)
            effects.owe(Act.objects.bulk_create([self._act(act) for act in acts], batch_size=BATCH))

    def require(self, verb: str) -> None:
        """Raises NotAllowed unless this person may bring acts of this verb into this community."""
        declared = registry.ACTS.get(verb)
        if declared is None or declared.brought_by is None:
            raise NotRecordable(f"{verb} does not come out of archives.")
        require(declared.brought_by, self.recorded_by, self.community)

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
