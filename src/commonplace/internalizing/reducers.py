"""How often each practice was applied, by outcome, folded from the ledger."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count

from commonplace.internalizing.evidence import Reported
from commonplace.internalizing.models import Application
from commonplace.ledger.replay import Recorded, Reducer, Span

Mix = Mapping[str, int]


def _counted(span: Span) -> dict[str, Mix]:
    rows = Application.objects.filter(span.within("practice")).everywhere("check").order_by()
    mixes: dict[str, dict[str, int]] = defaultdict(dict)
    for practice, outcome, count in rows.values_list("practice", "outcome").annotate(Count("pk")):
        mixes[practice][outcome] = count
    return dict(mixes)


applications: Reducer[Mix] = Reducer("applications", {}, _counted)


@applications.on("application.reported")
def _reported(mix: Mix, act: Recorded, evidence: Reported) -> Mix:
    return {**mix, evidence.outcome.value: mix.get(evidence.outcome.value, 0) + 1}
