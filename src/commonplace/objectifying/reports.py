"""Applications as they are known here: from the ledger alone. The layer above declares their verb and its evidence."""

from typing import Protocol, cast

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act, ActQuerySet
from commonplace.objectifying.models import Practice
from commonplace.objectifying.models.review import REPORTED

FAILED = "failed"
__all__ = ["FAILED", "REPORTED", "Report", "report", "reports_on"]


class Report(Protocol):
    """What is read here of the evidence of a report; a test compares it with the declaration."""

    outcome: str
    by_author: bool
    originator: bool
    setting: str


def reports_on(practice: Practice) -> ActQuerySet:
    return Act.objects.about(practice).filter(verb=REPORTED)


def report(act: Act) -> Report:
    return cast(Report, Evidence.of(act))
