"""Bring the lake up to date: what is new is appended, what is not whole is written again."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from commonplace.ledger import clock
from commonplace.measuring.lake import acts, files
from commonplace.measuring.lake.acts import Advance
from commonplace.measuring.lake.columns import written_as
from commonplace.measuring.lake.files import Damaged, Footer
from commonplace.measuring.lake.place import Place
from commonplace.measuring.lake.segments import FULL, Segment, to_absorb
from commonplace.measuring.lake.unread import say
from commonplace.measuring.lake.unusable import LakeUnusable

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exported:
    """`mended`: of those written, how many stood there and were not whole.

    `unread`: by verb, how many acts lie there as they are, because this program cannot read them.
    """

    path: str
    segments: int
    written: int
    mended: int
    acts: int
    unread: Counter[str]


@dataclass(slots=True)
class Export:
    """`segments`: what is in the lake, in the order of its acts. `thorough`: every byte is read."""

    place: Place
    advance: Advance
    thorough: bool
    segments: list[tuple[Segment, Footer]] = field(default_factory=list)
    written: int = 0
    mended: int = 0
    news: Counter[str] = field(default_factory=Counter)

    def bring_up(self) -> None:
        for segment in self.place.live():
            self.segments.append((segment, self._brought_up(segment)))
        while more := acts.next_after(self.segments[-1][0].last if self.segments else 0, FULL):
            self._append(more)
        if not self.segments:
            self._write(Segment(1, 0), acts.table(Segment(1, 0), self.advance))
        self.place.swept([segment for segment, _ in self.segments], clock.wall())

    def _brought_up(self, segment: Segment) -> Footer:
        """As it stands, if it is whole and says what the ledger says; written again from the ledger otherwise."""
        known: Counter[str] = Counter()
        try:
            footer = files.footer(self.place, segment, self.thorough)
            known = footer.unread
            if _is_of_today(segment, footer):
                self.advance(footer.acts)
                return footer
        except Damaged:
            self._mend(segment)
        table = acts.table(segment, self.advance)
        self.news += files.unread(table) - known
        return self._written(segment, table)

    def _append(self, more: Segment) -> None:
        """The new acts, put together with small segments before them."""
        table = acts.table(more, self.advance)
        self.news += files.unread(table)
        absorbed = to_absorb([footer.acts for _, footer in self.segments], table.num_rows)
        parts = [segment for segment, _ in self.segments[len(self.segments) - absorbed :]]
        del self.segments[len(self.segments) - absorbed :]
        together = [self._read(part) for part in parts]
        first = parts[0].first if parts else more.first
        self._write(Segment(first, more.last), pa.concat_tables([*together, table]))

    def _read(self, part: Segment) -> pa.Table:
        try:
            return files.read(self.place, part)
        except Damaged:
            self._mend(part)
            return acts.table(part, lambda acts: None)

    def _mend(self, segment: Segment) -> None:
        self.mended += 1
        logger.warning("The file %s of the lake is not whole, and is written again.", segment.name)

    def _write(self, segment: Segment, table: pa.Table) -> None:
        self.segments.append((segment, self._written(segment, table)))

    def _written(self, segment: Segment, table: pa.Table) -> Footer:
        self.written += 1
        return files.write(self.place, segment, table)


def export(lake: str | Path, advance: Advance = lambda acts: None, thorough: bool = False) -> Exported:
    """Write what is new into `lake`, a folder or an address; `advance` hears how many acts were dealt with.

    On disks every byte is read each time: nothing else notices a bit that fell over, and what is published stands.
    """
    try:
        place = Place.at(lake)
        place.made()
        with place.alone():
            export = Export(place, advance, thorough or place.is_here)
            export.bring_up()
    except (OSError, pa.ArrowException, Damaged) as error:
        raise LakeUnusable.to_write(lake, error) from error
    say(export.news)
    unread: Counter[str] = sum((footer.unread for _, footer in export.segments), Counter())
    held = sum(footer.acts for _, footer in export.segments)
    return Exported(place.address, len(export.segments), export.written, export.mended, held, unread)


def acts_to_export() -> int:
    return acts.count()


def _is_of_today(segment: Segment, footer: Footer) -> bool:
    """By what the program would write now, how many acts the ledger has (one may be seen late, or the ledger be put
    back to an earlier day), and when the last was recorded."""
    ends = acts.ends(segment)
    now = (written_as(), acts.count(segment), ends.isoformat() if ends else "")
    return (footer.written_as, footer.acts, footer.ends) == now
