"""Valid documents with bytes changed by chance: each comes in, is set aside with a reason, or is refused; never half.

COMMONPLACE_TIMES multiplies how many: 50 makes ten thousand.
"""

import io
import os
import random
import zipfile
from collections.abc import Iterator

from commonplace.untrusted.documents import Found, Noted, Place, Read, Refused
from commonplace.untrusted.documents.fence import Fence
from commonplace.untrusted.documents.reasons import SENTENCES
from tests.untrusted.documents.making import docx, repeated, xlsx, zipped
from tests.untrusted.documents.test_texts import FRONT, PAGE

TIMES = int(os.environ.get("COMMONPLACE_TIMES", "1"))
MANY, SEED = 200, 10
TEXT = FRONT + "# Calibrate\n\nFirst.\n\n## When\n\nEvery *Monday* [a](b.md).\n\n## Étapes\n\n1. x\n\n```\ny\n```\n"
ROWS = [["Title", "Quand", "Steps", "Since", "Authority"], ["a", "b", 'c "d"\ne', "3.3.2021", "habit"]]
TABLE = 'Title;Quand;Steps;Since;Authority\na;b;"c ""d""\ne";3.3.2021;habit\nf;g;h;2019;imposé\n'
VALID = {
    "markdown": [TEXT.encode(), TEXT.encode("utf-16")],
    "html": [PAGE.encode(), (PAGE + "<p>é</p>").encode("cp1252")],
    "csv": [TABLE.encode(), TABLE.replace(";", ",").encode("cp1252")],
    "pasted": [TABLE.replace(";", "\t").encode()],
    "docx": [docx()],
    "xlsx": [xlsx(ROWS, More=ROWS), repeated("x y", 3)],
}
PACKAGES = ("docx", "xlsx")
PIECES = [
    b"<",
    b">",
    b'"',
    b"\0",
    b"&",
    b"\n",
    b";",
    b"---\n",
    b"<!DOCTYPE x>",
    b"&x;",
    b"\xff",
    b"</w:p>",
    b"[",
    b"`",
    b"PK\5\6",
]


def mutated(chance: random.Random) -> Iterator[tuple[str, bytes, bool]]:
    """The kind, the bytes, and whether a package was sealed before they changed: then its sums tell."""
    while True:
        kind = chance.choice(list(VALID))
        data = chance.choice(VALID[kind])
        within = kind in PACKAGES and chance.random() < 0.6
        yield kind, _within(data, chance) if within else _changed(data, chance), kind in PACKAGES and not within


def _within(package: bytes, chance: random.Random) -> bytes:
    """One part is changed before it is packed, so that its reader gets to see it."""
    with zipfile.ZipFile(io.BytesIO(package)) as before:
        files: dict[str, str | bytes] = {name: before.read(name) for name in before.namelist()}
    part = chance.choice(list(files))
    return zipped(files | {part: _changed(bytes(files[part]), chance)})  # type: ignore[arg-type]


def _changed(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 1, 4, 40))
        how = chance.randrange(5)
        if how == 0:
            data = data[:at] + chance.randbytes(length) + data[at + length :]
        elif how == 1:
            data = data[:at] + data[at + length :]
        elif how == 2:
            data = data[:at] + chance.choice(PIECES) + data[at:]
        elif how == 3:
            data = data[:at] + data[at : at + length] * 3 + data[at:]
        else:
            data = (
                data[: max(at, 1)]
                if chance.random() < 0.2
                else data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
            )
    return data


def test_whatever_happened_to_a_document_it_comes_in_whole_or_is_set_aside() -> None:
    chance, place = random.Random(SEED), Place("x")
    with Fence(seconds=60) as fence:
        whole = {kind: [fence.read(kind, data, place, {}) for data in VALID[kind]] for kind in VALID}
        for _, (kind, data, was_sealed) in zip(range(MANY * TIMES), mutated(chance), strict=False):
            read = fence.read(kind, data, place, {})
            _must_be_whole(kind, read)
            assert not was_sealed or read in whole[kind] or _is_refused(read), (kind, data)


def _must_be_whole(kind: str, read: list[Read]) -> None:
    documents = [one for one in read if isinstance(one, Found)]
    refused = [one for one in read if isinstance(one, Refused)]
    assert documents or refused
    assert all(one.why in SENTENCES and one.reason for one in read if isinstance(one, Refused | Noted))
    assert all(one.title.strip() and "\0" not in repr(one.parts) for one in documents)
    assert len(documents) + len(refused) == 1 or kind in ("csv", "pasted", "xlsx")
    assert len({one.place for one in [*documents, *refused]}) == len(documents) + len(refused)


def _is_refused(read: list[Read]) -> bool:
    return not any(isinstance(one, Found) for one in read)
