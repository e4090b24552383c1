"""Samples of every verb's evidence, frozen in a file: what is stored today must read to the same values for ever.

`python -m commonplace.ledger.samples tests/ledger/samples.json` adds those of a new verb or version, and changes none.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commonplace.ledger.evidence import Evidence, Field, fields
from commonplace.ledger.ids import ALPHABET, LENGTH

WORDS = (ALPHABET[1] * LENGTH, "2026-03-02", "0123456789abcdef", "en", "X3")


def samples(kind: type[Evidence]) -> list[dict[str, Any]]:
    """As stored: enough of them that each code of each enumeration occurs, and a field that may lack lacks."""
    of_each = {name: list(_values(field)) for name, field in fields(kind).items()}
    most = max(map(len, of_each.values()), default=1)
    return [{name: each[number % len(each)] for name, each in of_each.items()} for number in range(most)]


def _values(field: Field) -> Iterator[Any]:
    for value in _plain(field):
        yield [value] if field.column == list[str] else value
    if field.may_lack:
        yield None


def _plain(field: Field) -> Iterator[Any]:
    if field.choices:
        yield from (choice.value for choice in field.choices)
    elif field.text:
        yield next(filter(field.text.allows, WORDS), "")
    else:
        yield field.column(1)


def frozen(path: Path) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Verb -> version -> samples."""
    stored: dict[str, dict[str, list[dict[str, Any]]]] = json.loads(path.read_text()) if path.exists() else {}
    return stored


def added(stored: dict[str, dict[str, list[dict[str, Any]]]]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """With those that are missing; what is there stays as it is."""
    kinds = sorted(Evidence.of_verbs.items())
    return {verb: {str(kind.version): samples(kind), **stored.get(verb, {})} for verb, kind in kinds}


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
    django.setup()
    path = Path(sys.argv[1])
    path.write_text(json.dumps(added(frozen(path)), indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
