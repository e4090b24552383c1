"""The columns of the lake: of every act, and of the evidence that verbs declare. The registry alone says which."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import pyarrow as pa

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.models import Act
from commonplace.ledger.registry import ACTS, evidence_columns
from commonplace.measuring.lake.unread import UNREAD, fitting, read

MOMENT = pa.timestamp("us", "UTC")
TEXTS = ("verb", "actor", "recorded_by", "object", "subject", "community", "unit_id", "experience", "origin")
AS_IT_IS = ("version", "newcomer", "happened_at", "recorded_at")
OF_ACT: dict[str, pa.DataType] = {
    "act": pa.int64(),
    "version": pa.int16(),
    **dict.fromkeys(TEXTS, pa.string()),
    "newcomer": pa.bool_(),
    "happened_at": MOMENT,
    "recorded_at": MOMENT,
    UNREAD: pa.string(),
}
TYPES: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), list[str]: pa.list_(pa.string())}
Types = Mapping[str, Any]


def schema(of_evidence: Types) -> pa.Schema:
    if twice := OF_ACT.keys() & of_evidence.keys():
        raise NotRecordable(f"Evidence may not be named as a column of every act: {', '.join(sorted(twice))}.")
    return pa.schema([*OF_ACT.items(), *((name, TYPES[kind]) for name, kind in sorted(of_evidence.items()))])


def written_as() -> str:
    """Equal as long as every verb declares the same evidence: files of an earlier program are written anew."""
    versions = sorted((verb, declared.evidence.version) for verb, declared in ACTS.items())
    return sha256(repr((OF_ACT, evidence_columns(), versions)).encode()).hexdigest()


def table(acts: Sequence[Act], of_evidence: Types) -> pa.Table:
    """The acts as the lake has them; what their evidence does not say is null."""
    lists: dict[str, list[Any]] = {name: [None] * len(acts) for name in of_evidence}
    lists |= {name: [getattr(act, name) for act in acts] for name in (*TEXTS, *AS_IT_IS)}
    lists |= {"act": [act.pk for act in acts], UNREAD: [None] * len(acts)}
    for number, act in enumerate(acts):
        evidence, unread = read(act)
        if unread is not None:
            lists[UNREAD][number] = unread
            evidence = fitting(act.evidence, of_evidence)
        for name in evidence.keys() & of_evidence.keys():
            lists[name][number] = evidence[name]
    layout = schema(of_evidence)
    return pa.table([pa.array(lists[field.name], field.type) for field in layout], layout)
