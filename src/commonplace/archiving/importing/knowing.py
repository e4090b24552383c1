"""What is here already of all that some records mention, locked before it is read where they will write."""

from collections.abc import Iterator, Sequence

from django.db import models

from commonplace.archiving.importing.batch import Answer, Batch, Import, Opening
from commonplace.archiving.importing.digests import digest
from commonplace.archiving.importing.topics import known_topics
from commonplace.archiving.models import Imported
from commonplace.archiving.records import Incoming, PersonRecord
from commonplace.communities.models import Membership, Person
from commonplace.externalizing.models import Confirmation, Exchange, ExchangeLink, Purpose, Response
from commonplace.ledger.bulk import Bringing

WHY = "an import"
REFERENCES = {"exchange": "exchange", "target": "exchange", "answer": "answer", "about": "answer"}


def begun(bringing: Bringing, run: Import, records: Sequence[Incoming]) -> Batch:
    """A batch that knows all that its records mention."""
    community = run.community
    batch = Batch(bringing, run, known_topics(community, records))
    keys = {key for record in records for key in _mentioned(record)}
    here = Imported.objects.filter(community=community.pk, origin=run.origin, key__in=keys)
    batch.known = {imported.key: imported for imported in here}
    bringing.hold(_written_about(batch, records))
    ids = [imported.object for imported in batch.known.values()]
    memberships = Membership.objects.filter(community=community, person__in=ids).current().everywhere(WHY)
    batch.joined = dict(memberships.values_list("person", "joined_at"))
    exchanges = Exchange.objects.filter(pk__in=ids).everywhere(WHY).values_list("pk", "opener", "opened_at", "purpose")
    batch.openings = {pk: Opening(opener, at, Purpose(purpose)) for pk, opener, at, purpose in exchanges}
    answers = Response.objects.filter(pk__in=ids).everywhere(WHY).values_list("pk", "exchange", "author")
    batch.answers = {pk: Answer(exchange, author) for pk, exchange, author in answers}
    batch.twins = dict(_twins(ids))
    return batch


def _written_about(batch: Batch, records: Sequence[Incoming]) -> Iterator[models.Model]:
    """Exchanges of which the records have news, and people whose name has changed; not those that came in with them."""
    news = [record for record in records if _is_news(batch, record)]
    ids = {batch.known[key].object for record in news for key in _mentioned(record) if key in batch.known}
    yield from Exchange.objects.filter(pk__in=_others(batch, ids)).everywhere(WHY).only("pk")
    names = (f"person {record.external_id}" for record in news if isinstance(record, PersonRecord))
    renamed = {batch.known[name].object for name in names if name in batch.known}
    yield from Person.objects.filter(pk__in=_others(batch, renamed)).only("pk")


def _is_news(batch: Batch, record: Incoming) -> bool:
    here = batch.known.get(f"{record.kind} {record.external_id}")
    return here is None or here.digest != digest(record)


def _others(batch: Batch, ids: set[str]) -> set[str]:
    return {identifier for identifier in ids if not batch.bringing.holds(identifier)}


def _twins(ids: list[str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    joined = (Confirmation, "response", "person"), (ExchangeLink, "other", "kind")
    for model, *ends in joined:
        rows = model.objects.filter(exchange__in=ids).everywhere(WHY)
        for exchange, first, second, identifier in rows.values_list("exchange", *ends, "pk"):
            yield (exchange, first, second), identifier


def _mentioned(record: Incoming) -> Iterator[str]:
    yield f"{record.kind} {record.external_id}"
    if author := getattr(record, "author", None):
        yield f"person {author.external_id}"
    for name, kind in REFERENCES.items():
        if external_id := getattr(record, name, ""):
            yield f"{kind} {external_id}"
