"""Whom each version is for, as its units were named then."""

from collections import defaultdict

from commonplace.ledger.replay import Recorded, Reducer, Span
from commonplace.objectifying.evidence import AudienceSet, VersionAdded
from commonplace.objectifying.models import Version

For = dict[int, tuple[str, tuple[str, ...]]]
"""Number of the version -> kind, and ids of units."""


def _rows(span: Span) -> dict[str, For]:
    rows = Version.objects.filter(span.within("practice")).everywhere("check")
    units: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for practice, number, kind, unit in rows.values_list("practice", "number", "audience", "audience_units"):
        units[practice, number, kind] += [unit] if unit else []
    by_practice: dict[str, For] = defaultdict(dict)
    for (practice, number, kind), ids in units.items():
        by_practice[practice][number] = (kind, tuple(sorted(ids)))
    return dict(by_practice)


audiences: Reducer[For] = Reducer("whom versions are for", dict, _rows)


@audiences.on("practice.version_added")
def _as_before(before: For, act: Recorded, evidence: VersionAdded) -> For:
    return before | {evidence.number: before[evidence.base]}


@audiences.on("practice.audience_set")
def _named(before: For, act: Recorded, evidence: AudienceSet) -> For:
    return before | {evidence.number: (evidence.audience_kind.value, tuple(sorted(evidence.unit_ids)))}
