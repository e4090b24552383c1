"""Readers of archives, one a format, found by the entry-point group `commonplace.importers`."""

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import entry_points
from typing import NamedTuple, Protocol, cast

from commonplace.archiving.records import Record
from commonplace.untrusted.archives import Archive
from commonplace.untrusted.refused import Refused

GROUP = "commonplace.importers"


class Marks(NamedTuple):
    """What an archive tells of its site, "" where it does not: the `address`, and a `mark` that its archives share."""

    address: str
    mark: str


class Target(NamedTuple):
    """What an address of the site shows: a record by kind and external id, or a `topic` by name."""

    kind: str
    external_id: str


class Importer(Protocol):
    """A pure reader: it writes nothing, and yields one record for each record of each file, parents first."""

    def marks(self, archive: Archive) -> Marks:
        """Of which site the archive is; at most 100 and 40 characters."""
        ...

    def read(self, archive: Archive, site: str) -> Iterator[Record]:
        """Raises `Refused`, and nothing else, if the archive cannot be read as a whole. `site`: its address, or ""."""
        ...

    def targets(self, path: str) -> Iterator[Target]:
        """What the site may show at this path of it, the likeliest first."""
        ...


def formats() -> list[str]:
    return sorted(entry_points(group=GROUP).names)


def importer(name: str, now: datetime) -> Importer:
    """The importer of that name; `now` tells it which dates cannot be."""
    for entry in entry_points(group=GROUP, name=name):
        return cast(Importer, entry.load()(now))
    raise Refused(f"no importer for {name!r}; there is: {', '.join(formats())}")
