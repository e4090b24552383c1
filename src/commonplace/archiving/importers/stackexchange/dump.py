"""The files of one dump, found at any depth."""

from collections.abc import Callable, Iterator
from datetime import datetime

from commonplace.archiving.importers.stackexchange.fields import Fields, Wrong
from commonplace.archiving.records import Quarantined, Record
from commonplace.untrusted.archives import Archive
from commonplace.untrusted.refused import Refused
from commonplace.untrusted.xml import Broken, Row, rows


class Dump:
    """The rows of each file; a file that is absent has none, but Posts.xml must be there."""

    def __init__(self, archive: Archive, now: datetime, site: str = "") -> None:
        self.archive, self.now, self.site = archive, now, site
        self.paths: dict[str, str] = {}
        self.aside: dict[tuple[str, str], str] = {}
        for path in archive.names():
            self._note(path)
        if "posts.xml" not in self.paths:
            raise Refused(_absent(archive.names()))

    def url(self, path: str) -> str:
        """Where the site shows `path`; empty if nobody knows the site."""
        return self.site and self.site + path

    def rows(self, file: str) -> Iterator[Row | Broken]:
        if path := self.paths.get(file.lower()):
            with self.archive.open(path) as stream:
                yield from rows(stream, file, root=file.removesuffix(".xml").lower())

    def each(self, file: str, made: Callable[[Fields], Record | None], again: bool = False) -> Iterator[Record]:
        """What `made` makes of each row; a wrong one is set aside. None: another pass takes it, `again` the second."""
        for row in self.rows(file):
            if isinstance(row, Row):
                record = self._made(file, row, made)
            else:
                record = None if again else Quarantined(_place(file, row.line, ""), row.reason)
            if record is not None:
                yield record

    def _made(self, file: str, row: Row, made: Callable[[Fields], Record | None]) -> Record | None:
        try:
            return made(row.attributes)
        except Wrong as wrong:
            identifier = row.attributes.get("Id", "")
            place = _place(file, row.line, identifier)
            because = self.aside.get(("Posts.xml", wrong.post), "")
            self.aside.setdefault((file, identifier), because or place)
            return Quarantined(place, str(wrong), because)

    def _note(self, path: str) -> None:
        file = path.rpartition("/")[2].lower()
        if file.endswith(".xml") and self.paths.setdefault(file, path) != path and file in FILES:
            raise Refused(f"holds {file} twice ({self.paths[file]} and {path}); give the folder of one site")


FILES = {
    f"{name}.xml" for name in ["posts", "comments", "users", "votes", "badges", "tags", "postlinks", "posthistory"]
}


def _place(file: str, line: int, identifier: str) -> str:
    return f"{file} line {line}" + (f" (Id {identifier[:20]})" if identifier else "")


def _absent(names: tuple[str, ...]) -> str:
    if any(name.lower().endswith(".7z") for name in names):
        return "holds .7z files, which are not read here; unpack them (7z x FILE) and give the folder of one site"
    return "holds no Posts.xml; give the folder or archive of a Stack Exchange data dump, which has Posts.xml in it"
