"""What the ledger holds of an act that a test has just told."""

from typing import Any

from commonplace.ledger.evidence import Evidence
from commonplace.ledger.models import Act


def last(verb: str) -> Act:
    return Act.objects.everywhere("test").filter(verb=verb).latest("id")


def evidence_of(verb: str) -> Any:
    return Evidence.of(last(verb))


def verbs() -> list[str]:
    return list(Act.objects.everywhere("test").order_by("id").values_list("verb", flat=True))
