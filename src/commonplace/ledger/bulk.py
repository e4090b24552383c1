"""The bulk form of the act contract, for archives: policy of the one who brings them in, rows and acts in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from commonplace.ledger import clock, registry
from commonplace.ledger.act import writing
from commonplace.ledger.errors import NotAllowed, NotRecordable
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act
from commonplace.ledger.rules import Rule

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


@dataclass(frozen=True, slots=True)
class Bringing:
    """Who brings in what: `recorded_by` answers to `rule` for `community`; `origin` names the archive."""

    recorded_by: models.Model
    community: models.Model
    origin: str
    rule: Rule

    def write(self, rows: Iterable[Sequence[models.Model]], acts: Sequence[PastAct]) -> None:
        """Write the rows (sequences of one model each, parents first) and their acts, all or nothing."""
        if not self.rule.allows(self.recorded_by, self.community):
            raise NotAllowed(_("This is for %(who)s.") % {"who": self.rule.said})
        with transaction.atomic(), writing():
            for same in rows:
                if same:
                    type(same[0])._base_manager.bulk_create(same, batch_size=BATCH)
            Act.objects.bulk_create([self._row(act) for act in acts], batch_size=BATCH)

    def _row(self, act: PastAct) -> Act:
        declared = registry.ACTS.get(act.verb)
        if declared is None or type(act.evidence) is not declared.evidence:
            raise NotRecordable(f"{act.verb} with {type(act.evidence).__name__} is not declared.")
        return Act(
            verb=act.verb,
            actor=act.actor,
            recorded_by=self.recorded_by.pk,
            object=act.object,
            subject=act.subject,
            community=act.community,
            evidence=act.evidence.as_json(),
            version=act.evidence.version,
            happened_at=act.happened_at,
            recorded_at=clock.wall(),
            origin=self.origin,
        )
