"""How often each practice was applied, by outcome, folded from the ledger."""

from django.db.models import Count

from commonplace.internalizing.models import Application
from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, reduces


def _applications(counts: dict[str, str], act: Act) -> None:
    if act.verb == "application.reported":
        key = f"{act.subject} {act.evidence['outcome']}"
        counts[key] = str(int(counts.get(key, "0")) + 1)


def _counted() -> dict[str, str]:
    rows = Application.objects.everywhere("check").order_by().values_list("practice", "outcome").annotate(Count("pk"))
    return {f"{practice} {outcome}": str(count) for practice, outcome, count in rows}


reduces(Reducer("applications", _applications, _counted))
