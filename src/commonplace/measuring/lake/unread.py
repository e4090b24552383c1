"""Acts that this program cannot read: of a verb or evidence it does not know. They stop nothing, and are said once."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from typing import Any

from commonplace.ledger.errors import NotRecordable
from commonplace.ledger.evidence import Evidence, Stored
from commonplace.ledger.models import Act

UNREAD = "unread"
CANNOT = (NotRecordable, AttributeError, KeyError, TypeError, ValueError)
logger = logging.getLogger(__name__)


def read(act: Act) -> tuple[Stored, str | None]:
    """The act's evidence in the form of today; or none of it, and all as it stands in the ledger."""
    try:
        return Evidence.of(act).as_json(), None
    except CANNOT:
        return {}, json.dumps(act.evidence, sort_keys=True)


def fitting(evidence: Any, types: Mapping[str, Any]) -> Stored:
    """Of evidence that cannot be read, what a column can hold."""
    if not isinstance(evidence, Mapping):
        return {}
    return {name: value for name, value in evidence.items() if name in types and _fits(value, types[name])}


def _fits(value: Any, kind: Any) -> bool:
    if kind == list[str]:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return type(value) is kind


def say(unread: Counter[str]) -> None:
    if unread:
        logger.warning("%s acts cannot be read and are exported as they are: %s", unread.total(), listed(unread))


def listed(unread: Counter[str]) -> str:
    return ", ".join(f"{verb} {acts}" for verb, acts in sorted(unread.items()))
