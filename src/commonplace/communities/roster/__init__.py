"""A pasted list of people as spreadsheets and mail programs give it; what is not understood keeps place and reason."""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from django.utils.translation import gettext as _

from commonplace.communities.roster import headings, loose
from commonplace.communities.roster.lines import MOST_LETTERS, MOST_LINES, records
from commonplace.communities.roster.people import Candidate, Listed, checked, nameless, no_address

MOST = 500
HEADINGS, UNREAD = "headings", "unread"
__all__ = ["Listed", "Roster", "Unread", "addresses", "kept", "packed", "read"]


@dataclass(frozen=True, slots=True)
class Unread:
    number: int
    text: str
    why: str


@dataclass(slots=True)
class Roster:
    """`here` has an account already. `left_out` was read and is not taken: columns by heading, cells by line."""

    people: dict[str, Listed] = field(default_factory=dict)
    here: dict[str, Listed] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    lines: list[tuple[str, set[str]]] = field(default_factory=list)

    def lacks_names(self) -> bool:
        """Whoever pasted addresses alone is told once how a name is typed."""
        return any(one.why == nameless() for one in self.unread)

    def rest(self, done: Collection[str]) -> str:
        """What was typed, without the lines whose people are all done; headings stay above what stays."""
        stays = [(line, waiting) for line, waiting in self.lines if waiting - set(done)]
        return "\n".join(line for line, _waiting in stays) if any(waiting != {HEADINGS} for _, waiting in stays) else ""


def read(text: str, accounts: Collection[str] = ()) -> Roster:
    """Each address once; the ones that have an account apart. Lines count from 1."""
    roster, table = Roster(), None
    for number, line in records(text):
        if why := _too_much(number, line):
            roster.unread.append(Unread(number, line, why))
            roster.lines.append((line, {UNREAD}))
        elif below := headings.of(line):
            table = below
            roster.left_out += table.unknown
            roster.lines.append((line, {HEADINGS}))
        else:
            rows = table.people(line) if table and table.holds(line) else loose.people(line)
            roster.lines.append((line, set(_taken(roster, number, rows, accounts))))
    return roster


def addresses(text: str) -> tuple[list[str], list[Unread]]:
    """Each address in it once, whoever's it is; and what of a line is none: all of it, or what stands among others."""
    listed: dict[str, None] = {}
    unread: list[Unread] = []
    for number, line in records(text):
        here, others = loose.addresses(line[:MOST_LETTERS])
        why = _too_much(number, line) or _no_room(listed.keys() | set(here))
        if why or not (here or others or headings.of(line)):
            unread.append(Unread(number, line, why or _("there is no e-mail address in it")))
        else:
            listed |= dict.fromkeys(here)
            unread += [Unread(number, one, no_address(one)) for one in others]
    return list(listed), unread


def _no_room(listed: Collection[str]) -> str:
    return _("at most %(most)s people at a time") % {"most": MOST} if len(listed) > MOST else ""


def _too_much(number: int, line: str) -> str:
    if number > MOST_LINES:
        return _("at most %(most)s lines at a time") % {"most": MOST_LINES}
    return _("longer than %(most)s letters") % {"most": MOST_LETTERS} if len(line) > MOST_LETTERS else ""


def _taken(roster: Roster, number: int, rows: Sequence[Candidate], accounts: Collection[str]) -> Iterator[str]:
    """The addresses of those who were understood; and a mark if something of the line was not understood."""
    for one in rows:
        try:
            person = checked(one)
            _refuse_more(person, roster.people.keys() | roster.here.keys())
            (roster.here if person.email in accounts else roster.people)[person.email] = person
            roster.left_out += [_("line %(number)s: %(cell)s") % {"number": number, "cell": cell} for cell in one.extra]
            yield person.email
        except ValueError as refusal:
            roster.unread.append(Unread(number, one.text, str(refusal)))
            yield UNREAD


def _refuse_more(person: Listed, listed: Collection[str]) -> None:
    if person.email in listed:
        raise ValueError(_("this address stands in the list already"))
    if why := _no_room([*listed, person.email]):
        raise ValueError(why)


def packed(people: Iterable[Listed]) -> str:
    """What was shown, to be confirmed as it was shown."""
    written = StringIO()
    csv.writer(written).writerows((one.name, one.email, one.unit, one.zone) for one in people)
    return written.getvalue()


def kept(text: str) -> list[Listed]:
    """What `packed` wrote, as many as are read; a line that was changed on the way is nobody."""
    people: dict[str, Listed] = {}
    for row in islice(_rows(text), MOST):
        try:
            name, email, unit, zone = row
            people[email] = checked(Candidate("", name, email, unit, zone))
        except ValueError:
            continue
    return list(people.values())


def _rows(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(StringIO(text))
    except csv.Error:
        return
