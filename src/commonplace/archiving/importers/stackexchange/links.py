"""PostLinks.xml: one question points to another."""

from collections.abc import Iterator
from datetime import datetime

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import Fields, Wrong, moment, number
from commonplace.archiving.importers.stackexchange.known import Known, new
from commonplace.archiving.records import LinkRecord, Record, Skipped

RELATIONS = {1: "linked", 3: "duplicate"}
MISSING = "links of which one end is not in the archive"
WITHIN = "links within one question"
AGAIN = "links between questions that are linked so already"


def links(dump: Dump, known: Known) -> Iterator[Record]:
    def made(row: Fields) -> Record:
        identifier, relation = new(number(row, "Id"), known.links), RELATIONS.get(number(row, "LinkTypeId"))
        source, target = (known.posts.get(number(row, name)) for name in ("PostId", "RelatedPostId"))
        if relation is None:
            raise Wrong("LinkTypeId is unknown")
        at = moment(row, "CreationDate", dump.now)
        known.links.add(identifier)
        if source is None or target is None:
            return Skipped(MISSING)
        return _link(known, identifier, at, (source.question, target.question, relation))

    return dump.each("PostLinks.xml", made)


def _link(known: Known, identifier: int, at: datetime, joined: tuple[int, int, str]) -> Record:
    source, target, relation = joined
    if source == target or joined in known.linked:
        return Skipped(WITHIN if source == target else AGAIN)
    known.linked.add(joined)
    return LinkRecord(str(identifier), at, str(source), str(target), relation)
