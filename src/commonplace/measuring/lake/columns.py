"""The columns of the lake: of every act, and of the evidence that verbs declare. The registry alone says which."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pyarrow as pa

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.models import Act
from commonplace.ledger.registry import ACTS, evidence_columns
from commonplace.measuring.lake.unread import UNREAD, fitting, read

MOMENT = pa.timestamp("us", "UTC")
TEXTS = ("verb", "actor", "recorded_by", "object", "subject", "community", "unit_id", "experience", "origin")
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


def written_as() -> bytes:
    """Equal as long as every verb declares the same evidence: files of an earlier program are written anew."""
    versions = sorted((verb, declared.evidence.version) for verb, declared in ACTS.items())
    return sha256(repr((OF_ACT, evidence_columns(), versions)).encode()).hexdigest().encode()


def row(act: Act, of_evidence: Types) -> dict[str, Any]:
    """The act as the lake has it; what its evidence does not say is null."""
    evidence, unread = read(act)
    if unread is not None:
        evidence = fitting(act.evidence, of_evidence)
    return {name: evidence.get(name) for name in of_evidence} | {
        "act": act.pk,
        "version": act.version,
        **{name: getattr(act, name) for name in TEXTS},
        "newcomer": act.newcomer,
        "happened_at": act.happened_at,
        "recorded_at": act.recorded_at,
        UNREAD: unread,
    }
