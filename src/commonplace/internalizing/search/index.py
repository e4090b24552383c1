"""Keeping the documents and their words as what they are about is now. Safe to repeat."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from commonplace.communities.contributions import Findable, SearchSource, contributed
from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search.engines import Entry, engine
from commonplace.untrusted.html import plain

BATCH = 500
CHANGING = ["community", "title", "text", "weight", "happened_at"]


def index_many(kind: str, ids: Iterable[str]) -> int:
    """Index these as they are now, in batches; forget those that are gone. Gives the number of documents kept."""
    source = next(one for one in contributed(SearchSource) if one.name == kind)
    return sum(_index(source, batch) for batch in _batches(sorted(set(ids))))


def reindex() -> int:
    """Index everything anew while search goes on, then forget what no longer exists."""
    sources = contributed(SearchSource)
    indexed = sum(
        index_many(one.name, one.rows().everywhere("reindex").values_list("pk", flat=True)) for one in sources
    )
    there = Q()
    for source in sources:
        same = source.rows().everywhere("reindex").filter(pk=OuterRef("subject"))
        there |= Q(Exists(same), kind=source.name)
    with transaction.atomic():
        Document.objects.everywhere("reindex").exclude(there).delete()
        engine().forget_orphans()
    return indexed


@transaction.atomic
def _index(source: SearchSource, ids: Sequence[str]) -> int:
    # Locked before they are read: whoever indexes one at the same time reads it after us, as it is then.
    held = source.rows().everywhere("index").filter(pk__in=ids).order_by("pk")
    list(held.select_related(None).select_for_update(no_key=True).values_list("pk"))
    documents = [_document(source.name, one) for one in source.findable(ids)]
    _forget(Document.objects.filter(subject__in=set(ids) - {document.subject for document in documents}))
    Document.objects.everywhere("index").bulk_create(
        documents, update_conflicts=True, unique_fields=["subject"], update_fields=CHANGING
    )
    engine().write([Entry.of(document) for document in documents])
    return len(documents)


def _document(kind: str, one: Findable) -> Document:
    return Document(
        kind=kind,
        subject=one.subject,
        community=one.community,
        title=_composed(one.title),
        text=_composed("\n".join(plain(html) for html in one.html if html)),
        weight=one.weight,
        happened_at=one.happened_at,
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _forget(documents: DocumentQuerySet) -> None:
    if documents.everywhere("index").delete()[0]:
        engine().forget_orphans()


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
