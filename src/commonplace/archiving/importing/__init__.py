"""Bringing an archive in: one transaction, all or nothing, through the bulk form of the act contract."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import transaction

from commonplace.archiving.importers import importer
from commonplace.archiving.importing.founding import founded
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.importing.writing import write
from commonplace.archiving.records import Quarantined, Record, Skipped
from commonplace.communities.models import Community, Person
from commonplace.ledger import clock
from commonplace.ledger.bulk import bringing
from commonplace.ledger.trying import tried_again
from commonplace.untrusted.archives import open_archive
from commonplace.untrusted.refused import Refused


@dataclass(frozen=True, slots=True)
class Order:
    """What to bring where; with `title` the community is founded if it is not there."""

    format: str
    path: Path
    slug: str
    title: str = ""
    dry_run: bool = False


def bring_in(order: Order, person: Person, seen: Callable[[int], None] = lambda count: None) -> Tally:
    """Read the archive and write what it holds; raises `Refused` or as any act, and then nothing is written."""
    return tried_again(lambda: _bring_in(order, person, seen))


def _bring_in(order: Order, person: Person, seen: Callable[[int], None]) -> Tally:
    archive, reader = open_archive(order.path), importer(order.format, clock.now())
    with transaction.atomic():
        origin = reader.origin(archive)
        begun, records = _first_time(reader.read(archive))
        community = _community(order, person, origin, begun)
        with bringing(person, community, origin) as incoming:
            incoming.require("exchange.opened")
            tally = write(records, incoming, community, seen)
        if order.dry_run:
            transaction.set_rollback(True)
    return tally


def _community(order: Order, person: Person, origin: str, begun: datetime) -> Community:
    here = Community.objects.filter(slug=order.slug).everywhere("the person named it").first()
    if here is None and not order.title:
        raise Refused(f"there is no community {order.slug!r}; check the name, or found it with --found TITLE")
    return here or founded(order.slug, order.title, person, origin, begun)


def _first_time(records: Iterator[Record]) -> tuple[datetime, Iterator[Record]]:
    """When the first record of a person or a text happened; now, if there is none."""
    read = []
    for record in records:
        read.append(record)
        if not isinstance(record, Skipped | Quarantined):
            return record.at, chain(read, records)
    return clock.now(), iter(read)
