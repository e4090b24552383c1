"""Records become rows and acts, some hundred at a time; each is counted once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from commonplace.archiving.importing.batch import Batch, Unplaced
from commonplace.archiving.importing.digests import digest
from commonplace.archiving.importing.knowing import begun
from commonplace.archiving.importing.people import add_person, rename_person
from commonplace.archiving.importing.relations import add_confirmation, add_link
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.importing.texts import add_exchange, add_response, edit_text
from commonplace.archiving.records import Incoming, Quarantined, Record, Skipped
from commonplace.communities.models import Community
from commonplace.ledger import clock
from commonplace.ledger.bulk import Bringing

AT_ONCE = 500
ADDED: dict[str, tuple[str, Callable[[Batch, Any], bool]]] = {
    "person": ("persons", add_person),
    "exchange": ("exchanges", add_exchange),
    "answer": ("responses", add_response),
    "comment": ("comments", add_response),
    "confirmation": ("confirmations", add_confirmation),
    "link": ("links", add_link),
}
CHANGED: dict[str, Callable[[Batch, Any, str], bool]] = {
    "person": rename_person,
    "exchange": edit_text,
    "answer": edit_text,
    "comment": edit_text,
}


def write(records: Iterable[Record], bringing: Bringing, community: Community, seen: Callable[[int], None]) -> Tally:
    """All records, in the caller's transaction; `seen` hears how many were read so far."""
    tally = Tally()
    for chunk in _chunks(records):
        batch = begun(bringing, community, [r for r in chunk if not isinstance(r, Skipped | Quarantined)])
        for record in chunk:
            _count(tally, batch, record)
        batch.write()
        seen(tally.read)
    return tally


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while chunk := list(islice(source, AT_ONCE)):
        yield chunk


def _count(tally: Tally, batch: Batch, record: Record) -> None:
    if isinstance(record, Skipped):
        tally.skipped[record.reason] += 1
    elif isinstance(record, Quarantined):
        tally.quarantined.append(record)
    else:
        try:
            tally.counts[_take(batch, record)] += 1
        except Unplaced as reason:
            tally.quarantined.append(Quarantined(f"{record.kind} {record.external_id}", str(reason)))


def _take(batch: Batch, record: Incoming) -> str:
    if record.at > clock.now():
        raise Unplaced("it lies in the future")
    here = batch.known.get(f"{record.kind} {record.external_id}")
    if here is None:
        plural, add = ADDED[record.kind]
        return plural if add(batch, record) else "unchanged"
    words = digest(record)
    if here.digest == words or not CHANGED[record.kind](batch, record, here.object):
        return "unchanged"
    here.digest = words
    batch.change(here, "digest")
    return "updated"
