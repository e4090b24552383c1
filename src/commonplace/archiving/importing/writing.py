"""Records become rows and acts, some hundred at a time, and others may write in between; each is counted once."""

from collections.abc import Callable, Iterable
from typing import Any

from commonplace.archiving.importing.batch import Batch, Import, Unplaced
from commonplace.archiving.importing.digests import digest
from commonplace.archiving.importing.knowing import begun
from commonplace.archiving.importing.people import add_person, know_person
from commonplace.archiving.importing.relations import add_confirmation, add_link
from commonplace.archiving.importing.surveying import in_chunks
from commonplace.archiving.importing.tally import Tally
from commonplace.archiving.importing.texts import add_exchange, add_response, edit_text
from commonplace.archiving.records import Incoming, Quarantined, Record, Skipped
from commonplace.ledger import clock
from commonplace.ledger.bulk import bringing
from commonplace.ledger.trying import tried_again

ADDED: dict[str, tuple[str, Callable[[Batch, Any], bool]]] = {
    "person": ("persons", add_person),
    "exchange": ("exchanges", add_exchange),
    "answer": ("responses", add_response),
    "comment": ("comments", add_response),
    "confirmation": ("confirmations", add_confirmation),
    "link": ("links", add_link),
}
CHANGED: dict[str, Callable[[Batch, Any, str], bool]] = {
    "person": know_person,
    "exchange": edit_text,
    "answer": edit_text,
    "comment": edit_text,
}


def write(records: Iterable[Record], run: Import, seen: Callable[[int], None] = lambda count: None) -> Tally:
    """All records, each batch a transaction of its own; `seen` hears how many are in so far."""
    tally = Tally()
    for chunk in in_chunks(records):
        tally += tried_again(lambda chunk=chunk: taken_in(chunk, run))
        seen(tally.read)
    return tally


def taken_in(chunk: list[Record], run: Import) -> Tally:
    tally = Tally()
    with bringing(run.person, run.community, run.origin) as incoming:
        incoming.require("exchange.opened")
        batch = begun(incoming, run, [r for r in chunk if not isinstance(r, Skipped | Quarantined)])
        for record in chunk:
            _count(tally, batch, record)
        batch.write()
    return tally


def _count(tally: Tally, batch: Batch, record: Record) -> None:
    if isinstance(record, Skipped):
        tally.skipped[record.reason] += 1
    elif isinstance(record, Quarantined):
        tally.quarantined.append(record)
    else:
        try:
            tally.counts[_take(batch, record)] += 1
        except Unplaced as reason:
            key = f"{record.kind} {record.external_id}"
            batch.run.aside.setdefault(key, reason.because or key)
            tally.quarantined.append(Quarantined(key, str(reason), reason.because))


def _take(batch: Batch, record: Incoming) -> str:
    if record.at > clock.now():
        raise Unplaced("it lies in the future")
    here = batch.known.get(f"{record.kind} {record.external_id}")
    if here is None:
        plural, add = ADDED[record.kind]
        return plural if add(batch, record) else "unchanged"
    batch.require_same(record, here)
    words = digest(record)
    if here.digest == words or not CHANGED[record.kind](batch, record, here.object):
        return "unchanged"
    here.digest = words
    batch.change(here, "digest")
    return "updated"
