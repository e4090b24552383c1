"""The Stack Exchange data dump: Posts, Comments, Users, Votes, Badges, Tags, PostLinks, PostHistory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from commonplace.archiving.importers import Marks, Target
from commonplace.archiving.importers.stackexchange.comments import comments
from commonplace.archiving.importers.stackexchange.dump import Dump
from commonplace.archiving.importers.stackexchange.fields import Fields, optional_moment
from commonplace.archiving.importers.stackexchange.known import Known
from commonplace.archiving.importers.stackexchange.links import links
from commonplace.archiving.importers.stackexchange.people import people
from commonplace.archiving.importers.stackexchange.posts import answers, questions
from commonplace.archiving.importers.stackexchange.site import address_of_site, targets
from commonplace.archiving.importers.stackexchange.votes import confirmations
from commonplace.archiving.records import Record, Skipped
from commonplace.untrusted.archives import Archive
from commonplace.untrusted.xml import Row

LEFT_OUT = {
    "PostHistory.xml": "edit history: the texts come as they were last",
    "Badges.xml": "badges",
    "Tags.xml": "list of tags: each question carries its own",
}


@dataclass(frozen=True, slots=True)
class StackExchange:
    """Reads one site; `now` tells a date to come from a date that was."""

    now: datetime

    def marks(self, archive: Archive) -> Marks:
        """The name of the archive tells the address; the mark is when the site's own account was made."""
        address = address_of_site(archive.path.resolve().name)
        for row in Dump(archive, self.now).rows("Users.xml"):
            first = row.attributes if isinstance(row, Row) else {}
            born = optional_moment(first, "CreationDate", self.now) if first.get("Id") == "-1" else None
            return Marks(address, f"{born:%Y-%m-%dT%H:%M:%S.%f}" if born else "")
        return Marks(address, "")

    def targets(self, path: str) -> Iterator[Target]:
        return targets(path)

    def read(self, archive: Archive, site: str) -> Iterator[Record]:
        """People, questions, answers, comments, confirmations, links; each record after those it needs."""
        dump, known = Dump(archive, self.now, site), Known()
        for part in (people, questions, answers, comments, confirmations, links):
            yield from part(dump, known)
        for file, reason in LEFT_OUT.items():
            yield from dump.each(file, partial(_left_out, reason))


def _left_out(reason: str, row: Fields) -> Record:
    return Skipped(reason)
