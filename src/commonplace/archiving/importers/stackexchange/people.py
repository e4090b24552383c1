"""Users.xml: every account is a person, with or without posts; the site's own one is a bot."""

from collections.abc import Iterator

from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import LONGEST_NAME, Fields, moment, number
from commonplace.archiving.importers.stackexchange.known import Known, new
from commonplace.archiving.records import PersonRecord, Record

COMMUNITY = -1


def people(dump: Dump, known: Known) -> Iterator[Record]:
    def made(row: Fields) -> Record:
        identifier = new(number(row, "Id"), known.people)
        at = moment(row, "CreationDate", dump.now)
        known.people.add(identifier)
        name = row.get("DisplayName", "").strip()[:LONGEST_NAME] or f"user{identifier}"
        return PersonRecord(str(identifier), at, name, dump.url(f"/users/{identifier}"), identifier == COMMUNITY)

    return dump.each("Users.xml", made)
