"""The process that reads documents: `python -m commonplace.untrusted.documents.child`; a line for each that it read."""

from typing import Any

from commonplace.untrusted.confined.inside import serve
from commonplace.untrusted.documents import limits
from commonplace.untrusted.documents.found import Place, Refused
from commonplace.untrusted.documents.readers import read
from commonplace.untrusted.documents.wire import packed


def _answer(question: dict[str, Any], data: bytes) -> list[bytes]:
    place = Place(question["file"])
    lines, size = [], 0
    for one in read(question["kind"], data, place, question["by_hand"]):
        lines.append(packed(one).encode())
        size += len(lines[-1])
        if size > limits.LARGEST_ANSWER:
            return [packed(Refused(place, "too_much")).encode()]
    return lines


if __name__ == "__main__":
    serve(_answer, limits.MEMORY, limits.SECONDS)
