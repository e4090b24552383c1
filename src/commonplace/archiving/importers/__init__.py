"""Readers of archives, one a format, found by the entry-point group `commonplace.importers`."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import entry_points
from typing import Protocol, cast

from commonplace.archiving.records import Record
from commonplace.untrusted.archives import Archive
from commonplace.untrusted.refused import Refused

GROUP = "commonplace.importers"


class Importer(Protocol):
    """A pure reader: it writes nothing, and yields one record for each record of each file, parents first."""

    def origin(self, archive: Archive) -> str:
        """Where the archive comes from, at most 120 characters; the same for every archive of one place."""
        ...

    def read(self, archive: Archive) -> Iterator[Record]:
        """Raises `Refused`, and nothing else, if the archive as a whole cannot be read."""
        ...


def formats() -> list[str]:
    return sorted(entry_points(group=GROUP).names)


def importer(name: str, now: datetime) -> Importer:
    """The importer of that name; `now` tells it which dates cannot be."""
    for entry in entry_points(group=GROUP, name=name):
        return cast(Importer, entry.load()(now))
    raise Refused(f"no importer for {name!r}; there is: {', '.join(formats())}")
