"""Some hundred records on their way in: the rows and acts they become, and what is here of them already."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from commonplace.archiving.importing.digests import digest, name_digest
from commonplace.archiving.models import Imported
from commonplace.archiving.records import Author, Incoming
from commonplace.communities.models import Community, Membership, Person
from commonplace.externalizing.models import Confirmation, Exchange, ExchangeLink, Response, Revision, Topic, TopicAlias
from commonplace.ledger.bulk import Bringing, Change, PastAct
from commonplace.ledger.evidence import Evidence
from commonplace.ledger.ids import id_for
from commonplace.ledger.situation import Situation

PARENTS_FIRST: tuple[type[models.Model], ...] = (
    *(Person, Membership, Topic, TopicAlias, Exchange, Exchange.filed_under.through, Response),
    *(Revision, Confirmation, ExchangeLink, Imported),
)
Topics = dict[str, tuple[str, str]]
UNUSABLE = "!"
LONGEST_NAME = 120


class Unplaced(Exception):
    """A record whose exchange or answer is not known: it is set aside."""


@dataclass(slots=True)
class Batch:
    """`known`: by key; `joined`, `openers`, `authors`: by public id, for all that the records mention.

    `topics`: by folded name, the ids of alias and topic.
    `twins`: confirmations (exchange, response, person) and links (exchange, other, kind) that are here already.
    """

    bringing: Bringing
    community: Community
    topics: Topics
    known: dict[str, Imported] = field(default_factory=dict)
    joined: dict[str, datetime] = field(default_factory=dict)
    openers: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    twins: dict[tuple[str, str, str], str] = field(default_factory=dict)
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    acts: list[PastAct] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def new_id(self, kind: str, external_id: str, at: datetime) -> str:
        return id_for(f"{self.community.pk} {self.bringing.origin}", kind, external_id, at)

    def public_id(self, kind: str, external_id: str) -> str:
        """The public id of what an earlier record brought; raises `Unplaced`."""
        if imported := self.known.get(f"{kind} {external_id}"):
            return imported.object
        raise Unplaced(f"its {kind} ({external_id}) is not known")

    def author(self, record: Any) -> str:
        """Who made it; an author that no record named becomes a person apart."""
        author: Author = record.author
        imported = self.known.get(f"person {author.external_id}")
        return imported.object if imported else self.person(author, record.at)

    def person(self, author: Author, at: datetime, url: str = "") -> str:
        identifier = self.new_id("person", author.external_id, at)
        name = author.name[:LONGEST_NAME] or "Unknown author"
        person = Person(id=identifier, name=name, password=UNUSABLE, origin=self.bringing.origin, origin_url=url)
        person.created_at = at
        self.add(person)
        self.note("person", author.external_id, identifier, name_digest(author.name))
        return identifier

    def add(self, row: models.Model) -> None:
        self.rows[type(row)].append(row)

    def brought(self, record: Incoming, row: models.Model) -> None:
        """The row stands for the record from now on."""
        self.add(row)
        self.note(record.kind, record.external_id, str(row.pk), digest(record))

    def note(self, kind: str, external_id: str, identifier: str, words: str) -> None:
        key, origin = f"{kind} {external_id}", self.bringing.origin
        self.known[key] = Imported(community=self.community.pk, origin=origin, key=key, object=identifier, digest=words)
        self.add(self.known[key])

    def act(self, verb: str, actor: str, row: Any, at: datetime, evidence: Evidence, subject: str) -> None:
        situation = Situation(newcomer=self.is_newcomer(actor, at))
        self.acts.append(PastAct(verb, actor, row.pk, subject, self.community.pk, at, evidence, situation))

    def change(self, row: models.Model, *columns: str) -> None:
        """Of a row that is here already."""
        self.changes.append(Change(row, columns))

    def is_newcomer(self, person: str, at: datetime) -> bool | None:
        """None for someone who is not a member, as in `communities.situation`."""
        joined = self.joined.get(person)
        return None if joined is None else at - joined < timedelta(days=settings.NEWCOMER_DAYS)

    def write(self) -> None:
        self.bringing.write([self.rows[model] for model in PARENTS_FIRST], self.acts, changes=self.changes)


def begun(bringing: Bringing, community: Community, topics: Topics, records: Sequence[Incoming]) -> Batch:
    """A batch that knows all that its records mention."""
    batch = Batch(bringing, community, topics)
    keys = {key for record in records for key in _mentioned(record)}
    here = Imported.objects.filter(community=community.pk, origin=bringing.origin, key__in=keys)
    batch.known = {imported.key: imported for imported in here}
    ids = [imported.object for imported in batch.known.values()]
    memberships = Membership.objects.filter(community=community, person__in=ids).current().everywhere("an import")
    batch.joined = dict(memberships.values_list("person", "joined_at"))
    batch.openers = dict(Exchange.objects.filter(pk__in=ids).everywhere("an import").values_list("pk", "opener"))
    batch.authors = dict(Response.objects.filter(pk__in=ids).everywhere("an import").values_list("pk", "author"))
    batch.twins = dict(_twins(ids))
    return batch


def _twins(ids: list[str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    joined = (Confirmation, "response", "person"), (ExchangeLink, "other", "kind")
    for model, *ends in joined:
        rows = model.objects.filter(exchange__in=ids).everywhere("an import")
        for exchange, first, second, identifier in rows.values_list("exchange", *ends, "pk"):
            yield (exchange, first, second), identifier


REFERENCES = {"exchange": "exchange", "target": "exchange", "answer": "answer", "about": "answer"}


def _mentioned(record: Incoming) -> Iterator[str]:
    yield f"{record.kind} {record.external_id}"
    if author := getattr(record, "author", None):
        yield f"person {author.external_id}"
    for name, kind in REFERENCES.items():
        if external_id := getattr(record, name, ""):
            yield f"{kind} {external_id}"
