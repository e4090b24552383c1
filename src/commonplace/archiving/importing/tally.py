"""What became of each record: the numbers of one run."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from commonplace.archiving.records import Quarantined

COUNTED = ("persons", "exchanges", "responses", "comments", "confirmations", "links", "unchanged", "updated")


@dataclass(slots=True)
class Tally:
    """Every record is counted once, so that the numbers sum to `read`."""

    counts: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)

    def __add__(self, other: "Tally") -> "Tally":
        aside = [*self.quarantined, *other.quarantined]
        return Tally(self.counts + other.counts, self.skipped + other.skipped, aside)

    @property
    def read(self) -> int:
        return self.counts.total() + self.skipped.total() + len(self.quarantined)

    def as_json(self) -> dict[str, Any]:
        counts = {name: self.counts[name] for name in COUNTED}
        aside = [{name: text for name, text in asdict(one).items() if text} for one in self.quarantined]
        return {"read": self.read, **counts, "skipped": dict(self.skipped.most_common()), "quarantined": aside}
