"""Keeping the documents and their words as the exchanges and practices are now. Safe to repeat."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef

from commonplace.externalizing.models import Exchange
from commonplace.internalizing.models import Document, DocumentKind, DocumentQuerySet
from commonplace.internalizing.search.engines import Entry, engine
from commonplace.internalizing.search.sources import SOURCES
from commonplace.objectifying.models import Practice

BATCH = 500
CHANGING = ["community", "title", "text", "weight", "happened_at"]


def index_many(*, exchanges: Iterable[str] = (), practices: Iterable[str] = ()) -> int:
    """Index these ids as they are now, in batches; forget those that are gone. Gives the number of documents kept."""
    kinds = {DocumentKind.EXCHANGE: exchanges, DocumentKind.PRACTICE: practices}
    return sum(_index(kind, batch) for kind, ids in kinds.items() for batch in _batches(ids))


def reindex() -> int:
    """Index everything anew while search goes on, then forget what no longer exists."""
    indexed = index_many(
        exchanges=list(Exchange.objects.everywhere("reindex").order_by("pk").values_list("pk", flat=True)),
        practices=list(Practice.objects.everywhere("reindex").order_by("pk").values_list("pk", flat=True)),
    )
    exchange = Exchange.objects.everywhere("reindex").filter(pk=OuterRef("subject"))
    practice = Practice.objects.everywhere("reindex").filter(pk=OuterRef("subject"))
    with transaction.atomic():
        Document.objects.everywhere("reindex").exclude(Exists(exchange)).exclude(Exists(practice)).delete()
        engine().forget_orphans()
    return indexed


@transaction.atomic
def _index(kind: DocumentKind, ids: Sequence[str]) -> int:
    model, read = SOURCES[kind]
    # Locked before they are read: whoever indexes one at the same time reads it after us, as it is then.
    list(model.objects.everywhere("index").filter(pk__in=ids).select_for_update().order_by("pk").values_list("pk"))
    documents = read(ids)
    _forget(Document.objects.filter(subject__in=set(ids) - {document.subject for document in documents}))
    Document.objects.everywhere("index").bulk_create(
        documents, update_conflicts=True, unique_fields=["subject"], update_fields=CHANGING
    )
    engine().write([Entry.of(document) for document in documents])
    return len(documents)


def _forget(documents: DocumentQuerySet) -> None:
    if documents.everywhere("index").delete()[0]:
        engine().forget_orphans()


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
