"""What an organization has already, written out for tests: a folder of texts, a table, headers of real proposals."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from commonplace.communities.models import Person
from commonplace.objectifying import batches
from commonplace.objectifying.models import Batch, Practice
from commonplace.untrusted.documents import read
from tests.objectifying.conftest import Crew

HEADERS: Final = Path(__file__).parents[3] / "shared" / "data" / "peps-headers.jsonl"


class Desk:
    """Lea's, with what she brings in."""

    def __init__(self, crew: Crew, folder: Path) -> None:
        self.crew, self.folder = crew, folder

    def put(self, name: str, text: str | bytes) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def laid(self, by: Person | None = None, called: str = "Handbook", **words: Any) -> Batch:
        """`words`: as `lay_out` takes them; columns: which heading means what."""
        reads = read(self.folder, words.pop("columns", {}))
        return batches.lay_out(by or self.crew.lea, self.crew.community, reads, called=called, **words)

    def brought(self, **words: Any) -> Batch:
        batch = self.laid(**words)
        batches.confirm(self.crew.lea, batch)
        return batch

    def practices(self) -> dict[str, Practice]:
        rows = Practice.objects.everywhere("test").select_related("course", "bringing", "community")
        return {row.title: row for row in rows}

    @staticmethod
    def verdicts(batch: Batch) -> dict[str, str]:
        return {row.title or row.file: row.verdict for row in batch.rows.all()}

    @staticmethod
    def reasons(batch: Batch) -> dict[str, str]:
        return {str(row.place): row.reason for row in batch.rows.set_aside()}


def proposals() -> Iterator[dict[str, str]]:
    for line in HEADERS.read_text().splitlines():
        yield {name: str(value) for name, value in json.loads(line).items()}


def as_markdown(header: dict[str, str]) -> str:
    front = [f"{name}: {json.dumps(words, ensure_ascii=False)}" for name, words in header.items() if name != "abstract"]
    return "\n".join(["---", *front, "---", "", header["abstract"]])
