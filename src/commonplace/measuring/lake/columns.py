"""The columns of the lake: of the act, and of the evidence that verbs declare."""

from typing import Any

import pyarrow as pa

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.models import Act
from commonplace.ledger.registry import evidence_columns

MOMENT = pa.timestamp("us", "UTC")
TEXTS = ("verb", "actor", "recorded_by", "object", "subject", "community", "unit_id", "experience", "origin")
OF_ACT: dict[str, pa.DataType] = {
    "act": pa.int64(),
    "version": pa.int16(),
    **dict.fromkeys(TEXTS, pa.string()),
    "newcomer": pa.bool_(),
    "happened_at": MOMENT,
    "recorded_at": MOMENT,
}
TYPES: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), list[str]: pa.list_(pa.string())}
# The metrics read these even before any verb that declares them is installed.
READ_BY_METRICS = {
    "kind": str,
    "matter": str,
    "outcome": str,
    "exchanges": list[str],
    "by_author": bool,
    "originator": bool,
}


def schema() -> pa.Schema:
    evidence = READ_BY_METRICS | evidence_columns()
    if twice := OF_ACT.keys() & evidence.keys():
        raise NotRecordable(f"Evidence may not be named as a column of every act: {', '.join(sorted(twice))}.")
    return pa.schema([*OF_ACT.items(), *((name, TYPES[kind]) for name, kind in sorted(evidence.items()))])


def row(act: Act, names: list[str]) -> dict[str, Any]:
    """The act as the lake has it; what its evidence does not say is null."""
    return {name: act.evidence.get(name) for name in names} | {
        "act": act.pk,
        "version": act.version,
        **{name: getattr(act, name) for name in TEXTS},
        "newcomer": act.newcomer,
        "happened_at": act.happened_at,
        "recorded_at": act.recorded_at,
    }
