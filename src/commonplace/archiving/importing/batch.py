"""Some hundred records on their way in: the rows and acts they become, and what is here of them already."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Max

from commonplace.archiving.importing.adapting import Adapting
from commonplace.archiving.importing.digests import digest, moment, writer
from commonplace.archiving.importing.newcomers import known_newcomer
from commonplace.archiving.importing.topics import Filed, Name
from commonplace.archiving.models import Imported
from commonplace.archiving.records import Author, Incoming
from commonplace.communities.models import Community, Installation, Membership, Person
from commonplace.externalizing.models import (
    Confirmation,
    Exchange,
    ExchangeLink,
    Purpose,
    Response,
    Revision,
    Topic,
    TopicAlias,
)
from commonplace.ledger.bulk import Bringing, Change, PastAct
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.ids import id_for
from commonplace.ledger.situation import Situation
from commonplace.untrusted.visible import folded, is_blank, one_line, without_our_mark

PARENTS_FIRST: tuple[type[models.Model], ...] = (
    *(Person, Membership, Topic, TopicAlias, Exchange, Filed, Response),
    *(Revision, Confirmation, ExchangeLink, Imported),
)
UNUSABLE = "!"
NOBODY_KNOWN = ""
LONGEST_NAME = 120


ELSEWHERE = "this looks like another site"


class Unplaced(Exception):
    """A record that does not belong where it says: it is set aside, perhaps `because` of another that was."""

    def __init__(self, reason: str, because: str = "") -> None:
        super().__init__(reason)
        self.because = because


class Opening(NamedTuple):
    opener: str
    at: datetime
    purpose: Purpose


class Answer(NamedTuple):
    exchange: str
    author: str


class Import(NamedTuple):
    """One archive on its way into a community; `aside`: key of what was set aside -> place of the first cause."""

    person: Person
    community: Community
    origin: str
    adapting: Adapting
    aside: dict[str, str]


def own_id(community: str, origin: str, kind: str, external_id: str, at: datetime) -> str:
    """The public id that a record has here, for ever."""
    return id_for(f"{community} {origin}", kind, external_id, at)


@dataclass(slots=True)
class Batch:
    """Of all that is mentioned `topics` by folded name, `known` by key; `joined`, `openings`, `answers` by public id.

    `twins`: confirmations (exchange, response, person) and links (exchange, other, kind) that are here already.
    """

    bringing: Bringing
    run: Import
    topics: dict[str, Name] = field(default_factory=dict)
    known: dict[str, Imported] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    twins: dict[tuple[str, str, str], str] = field(default_factory=dict)
    unnumbered: list[Person] = field(default_factory=list)
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    acts: list[PastAct] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    removed: list[models.Model] = field(default_factory=list)

    @property
    def community(self) -> Community:
        return self.run.community

    def new_id(self, kind: str, external_id: str, at: datetime) -> str:
        return own_id(self.community.pk, self.run.origin, kind, external_id, at)

    def require_same(self, record: Incoming, here: Imported) -> None:
        """Raises `Unplaced` if another record has the number of one that is here: by its time, or its writer."""
        if here.at and here.at != record.at:
            raise Unplaced(f"what is here under its number was written at another time: {ELSEWHERE}")
        if here.digest != digest(record) and here.author != writer(record):
            raise Unplaced(f"what is here under its number was written by somebody else: {ELSEWHERE}")

    def exchange(self, external_id: str) -> str:
        """The public id of the exchange that an earlier record brought; raises `Unplaced`."""
        identifier = self._public_id("exchange", external_id)
        if identifier not in self.openings:
            raise Unplaced(f"its exchange ({external_id}) was removed here")
        return identifier

    def answer(self, exchange: str, external_id: str) -> str:
        """The public id of an answer in that exchange; raises `Unplaced`."""
        identifier = self._public_id("answer", external_id)
        if identifier not in self.answers:
            raise Unplaced(f"its answer ({external_id}) was removed here")
        if self.answers[identifier].exchange != exchange:
            raise Unplaced(f"its answer ({external_id}) is in another exchange")
        return identifier

    def _public_id(self, kind: str, external_id: str) -> str:
        key = f"{kind} {external_id}"
        if key in self.run.aside:
            raise Unplaced(f"its {kind} ({external_id}) was set aside", self.run.aside[key])
        if imported := self.known.get(key):
            return imported.object
        raise Unplaced(f"its {kind} ({external_id}) is not known")

    def author(self, record: Any) -> str:
        """Who made it; an author that no record named becomes a person apart."""
        author: Author = record.author
        key = f"person {author.external_id}"
        return self._public_id("person", author.external_id) if key in self.known else self._apart(author, record.at)

    def _apart(self, author: Author, at: datetime) -> str:
        """Somebody of whom no account tells, or not yet."""
        identifier = self.person(author, at)
        self.note(f"person {author.external_id}", identifier)
        return identifier

    def person(self, author: Author, at: datetime, url: str = "", bot: bool = False) -> str:
        identifier = self.new_id("person", author.external_id, at)
        person = Person(id=identifier, password=UNUSABLE, origin=self.run.origin, origin_url=url)
        person.created_at, person.is_bot = at, bot
        self.rename(person, author.name)
        self.add(person)
        return identifier

    def rename(self, person: Person, name: str) -> None:
        """Gets a number among those of the name, unless it is only spelled otherwise."""
        person.name = called(name)
        if person.folded != folded(person.name):
            person.folded = folded(person.name)
            self.unnumbered.append(person)

    def add(self, row: models.Model) -> None:
        self.rows[type(row)].append(row)

    def brought(self, record: Incoming, row: models.Model) -> None:
        """The row stands for the record from now on."""
        self.add(row)
        self.stands_for(record, str(row.pk))

    def stands_for(self, record: Incoming, identifier: str) -> None:
        words, at, by = digest(record), moment(record), writer(record)
        self.note(f"{record.kind} {record.external_id}", identifier, digest=words, at=at, author=by)

    def note(self, key: str, identifier: str, **known: Any) -> None:
        self.known[key] = Imported(
            community=self.community.pk, origin=self.run.origin, key=key, object=identifier, **known
        )
        self.add(self.known[key])

    def act(self, verb: str, actor: str, row: Any, at: datetime, evidence: Evidence, subject: str) -> None:
        """By somebody whose unit and experience the archive does not tell; not before the exchange that it is about."""
        at = max(at, self.openings[subject].at) if subject in self.openings else at
        situation = Situation(newcomer=known_newcomer(at, self.joined.get(actor), self.community.founded_at))
        self.acts.append(PastAct(verb, actor, row.pk, subject, self.community.pk, at, evidence, situation))

    def change(self, row: models.Model, *columns: str) -> None:
        """Of a row that is here already."""
        self.changes.append(Change(row, columns))

    def write(self) -> None:
        self._tell_apart()
        rows: list[Sequence[models.Model]] = [self.rows[model] for model in PARENTS_FIRST]
        self.bringing.write(rows, self.acts, changes=self.changes, removed=self.removed)

    def _tell_apart(self) -> None:
        """Those of a name are numbered one after the other, as in every act that gives a name."""
        if self.unnumbered:
            self.bringing.hold([Installation.current()])
        names = Person.objects.filter(folded__in={one.folded for one in self.unnumbered}).values_list("folded")
        last = Counter(dict(names.annotate(Max("namesake"))))
        for one in self.unnumbered:
            last[one.folded] += 1
            one.namesake = last[one.folded]


def called(name: str) -> str:
    shown = without_our_mark(one_line(name)[:LONGEST_NAME])
    return "Unknown author" if is_blank(shown) else shown
