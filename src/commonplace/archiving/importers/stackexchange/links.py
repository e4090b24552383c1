"""PostLinks.xml: one question points to another."""

from collections.abc import Iterator

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import Fields, Wrong, moment, number
from commonplace.archiving.importers.stackexchange.known import Known, new
from commonplace.archiving.records import LinkRecord, Record, Skipped

RELATIONS = {1: "related", 3: "duplicate"}
MISSING = "links of which one end is not in the archive"
WITHIN = "links within one question"


def links(dump: Dump, known: Known) -> Iterator[Record]:
    def made(row: Fields) -> Record:
        identifier, relation = new(number(row, "Id"), known.links), RELATIONS.get(number(row, "LinkTypeId"))
        ends = [known.posts.get(number(row, name)) for name in ("PostId", "RelatedPostId")]
        source, target = (end.question if end else None for end in ends)
        if source is None or target is None:
            return Skipped(MISSING)
        if source == target:
            return Skipped(WITHIN)
        if relation is None:
            raise Wrong("LinkTypeId is unknown")
        at = moment(row, "CreationDate", dump.now)
        known.links.add(identifier)
        return LinkRecord(str(identifier), at, str(source), str(target), relation)

    return dump.each("PostLinks.xml", made)
