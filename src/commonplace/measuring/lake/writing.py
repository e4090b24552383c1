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

logger = logging.getLogger(__name__)


class LakeUnusable(Exception):
    """The lake cannot be written; the text says where and what to do."""


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
    """`lies`: what is in the lake, in the order of its acts. `thorough`: every byte is read."""

    place: Place
    advance: Advance
    thorough: bool
    lies: list[tuple[Segment, Footer]] = field(default_factory=list)
    written: int = 0
    mended: int = 0
    news: Counter[str] = field(default_factory=Counter)

    def bring_up(self) -> None:
        newest = acts.newest()
        self._forget_beyond(newest)
        for segment in self.place.live():
            self.lies.append((segment, self._brought_up(segment)))
        while more := acts.next_after(self.lies[-1][0].last if self.lies else 0, FULL):
            self._append(more)
        if not self.lies:
            self._write(Segment(1, 0), acts.table(Segment(1, 0), self.advance))
        self.place.swept([segment for segment, _ in self.lies], clock.wall())

    def _forget_beyond(self, newest: int) -> None:
        """A ledger that was put back to an earlier day will give the same numbers to other acts."""
        for segment in self.place.segments():
            if segment.last > newest:
                self.place.drop(segment)

    def _brought_up(self, segment: Segment) -> Footer:
        """As it stands, if it is whole and says what the ledger says; written again from the ledger otherwise."""
        known: Counter[str] = Counter()
        try:
            footer = files.footer(self.place, segment)
            known = footer.unread
            if self.thorough:
                files.read(self.place, segment)
            if _is_of_today(segment, footer):
                self.advance(footer.acts)
                return footer
        except Damaged:
            self.mended += 1
            logger.warning("The file %s of the lake is not whole, and is written again.", segment.name)
        table = acts.table(segment, self.advance)
        self.news += files.unread(table) - known
        return self._written(segment, table)

    def _append(self, more: Segment) -> None:
        """The new acts, put together with small segments before them."""
        table = acts.table(more, self.advance)
        self.news += files.unread(table)
        absorbed = to_absorb([footer.acts for _, footer in self.lies], table.num_rows)
        parts = [segment for segment, _ in self.lies[len(self.lies) - absorbed :]]
        del self.lies[len(self.lies) - absorbed :]
        together = [self._read(part) for part in parts]
        first = parts[0].first if parts else more.first
        self._write(Segment(first, more.last), pa.concat_tables([*together, table]))

    def _read(self, part: Segment) -> pa.Table:
        try:
            return files.read(self.place, part)
        except Damaged:
            self.mended += 1
            return acts.table(part, lambda acts: None)

    def _write(self, segment: Segment, table: pa.Table) -> None:
        self.lies.append((segment, self._written(segment, table)))

    def _written(self, segment: Segment, table: pa.Table) -> Footer:
        self.written += 1
        return files.write(self.place, segment, table)


def export(lake: str | Path, advance: Advance = lambda acts: None, thorough: bool = False) -> Exported:
    """Write what is new into `lake`, a folder or an address; `advance` hears how many acts were dealt with."""
    try:
        place = Place.at(lake)
        place.made()
        with place.alone():
            export = Export(place, advance, thorough)
            export.bring_up()
    except (OSError, pa.ArrowException) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise LakeUnusable(f"The lake {lake} cannot be written ({why}); name a folder you may write.") from error
    say(export.news)
    unread: Counter[str] = sum((footer.unread for _, footer in export.lies), Counter())
    held = sum(footer.acts for _, footer in export.lies)
    return Exported(place.address, len(export.lies), export.written, export.mended, held, unread)


def acts_to_export() -> int:
    return acts.count()


def _is_of_today(segment: Segment, footer: Footer) -> bool:
    """By what the program would write now, how many acts the ledger has (one may be seen late), and who was last."""
    last = acts.recorded_at(segment.last)
    return (footer.written_as, footer.acts, footer.ends) == (
        written_as(),
        acts.count(segment),
        last.isoformat() if last else "",
    )
