"""Keeping the documents and their words as what they are about is now. Safe to repeat."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db.models import Exists, OuterRef, Q

from commonplace.communities.contributions import Findable, SearchSource, contributed
from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search import numbers, store
from commonplace.internalizing.search.engines import engine
from commonplace.internalizing.search.entry import Entry
from commonplace.untrusted.html import plain

BATCH = 500
CHANGING = ["thread", "community", "weight", "happened_at", "edited_at", "digest", "words", "text", "terms"]


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
    Document.objects.everywhere("reindex").exclude(there).delete()
    store.forget_orphans()
    return indexed


def _index(source: SearchSource, ids: Sequence[str]) -> int:
    """One at a time: whoever comes later reads what there is then. Nobody else waits for it."""
    with engine().alone():
        before = _known(Document.objects.filter(subject__in=ids))
        findable = list(source.findable(ids))
        _forget([before[pk] for pk in set(ids) - {one.subject for one in findable} if pk in before])
        _keep(source.name, findable, before)
    return len(findable)


def _known(documents: DocumentQuerySet) -> dict[str, Document]:
    rows = documents.everywhere("index").only("subject", "digest", "terms")
    return {document.subject: document for document in rows}


def _keep(kind: str, findable: Sequence[Findable], before: Mapping[str, Document]) -> None:
    numbers_of = {pk: document.pk for pk, document in before.items()} | _new_numbers(findable, before)
    documents, placed = [], []
    for one in findable:
        text = _composed("\n".join(plain(html) for html in one.html if html))
        entry = Entry.of(_composed(one.title), text, one.community.language)
        digest = entry.digest(one.community.pk, one.thread)
        document = _document(kind, one, numbers_of[one.subject], text, entry, digest)
        documents.append(document)
        if one.subject in before and before[one.subject].digest == digest:
            document.terms = before[one.subject].terms
        else:
            placed.append(store.Placed(document.pk, numbers.number(one.thread), one.community.pk, kind, entry))
    old = {document.pk: document.terms for document in before.values()}
    store.take_out({one.number: old[one.number] for one in placed if one.number in old})
    terms = store.put_in(placed)
    for document in documents:
        document.terms = terms.get(document.pk, document.terms)
    Document.objects.everywhere("index").bulk_create(
        documents, update_conflicts=True, unique_fields=["subject"], update_fields=CHANGING
    )


def _new_numbers(findable: Sequence[Findable], before: Mapping[str, Document]) -> dict[str, int]:
    new = [one.subject for one in findable if one.subject not in before]
    wanted = [numbers.number(pk) + further for pk in new for further in range(3)]
    taken = Document.objects.filter(pk__in=wanted).everywhere("index").values_list("pk", flat=True)
    return numbers.free(new, set(taken))


def _document(kind: str, one: Findable, pk: int, text: str, entry: Entry, digest: str) -> Document:
    return Document(
        pk=pk,
        kind=kind,
        subject=one.subject,
        thread=one.thread,
        community=one.community,
        weight=one.weight,
        happened_at=one.happened_at,
        edited_at=one.edited_at,
        digest=digest,
        words=entry.words,
        text=text,
    )


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _forget(documents: Sequence[Document]) -> None:
    store.take_out({document.pk: document.terms for document in documents})
    Document.objects.filter(pk__in=[document.pk for document in documents]).everywhere("index").delete()


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
