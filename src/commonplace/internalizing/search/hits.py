"""From documents to what a page shows: each row is read through the reader's own door, as it is at this moment."""

from collections.abc import Iterator, Sequence
from typing import Any

from commonplace.communities.contributions import SearchSource, contributed
from commonplace.internalizing.models import Document
from commonplace.internalizing.search.excerpt import excerpt, marked
from commonplace.internalizing.search.results import Hit
from commonplace.internalizing.search.typed import Term


def hits(person: Any, ids: Sequence[int], terms: Sequence[Term]) -> list[Hit]:
    """In the order of the documents' ids; one query for the documents, and one for each kind among them."""
    documents = Document.objects.visible_to(person).filter(pk__in=ids).in_bulk()
    shown = {hit.subject: hit for source in contributed(SearchSource) for hit in _of(source, person, documents, terms)}
    return [shown[documents[pk].subject] for pk in ids if pk in documents and documents[pk].subject in shown]


def _of(source: SearchSource, person: Any, documents: dict[int, Document], terms: Sequence[Term]) -> Iterator[Hit]:
    about = {one.subject: one for one in documents.values() if one.kind == source.name}
    for row in source.rows().visible_to(person).filter(pk__in=about) if about else ():
        yield _hit(source, row, about[row.pk], terms)


def _hit(source: SearchSource, row: Any, document: Document, terms: Sequence[Term]) -> Hit:
    status, words = source.status(row)
    return Hit(
        subject=row.pk,
        kind=source.name,
        phase=source.phase,
        kind_words=source.one,
        title=marked(row.title, terms, row.community.language),
        address=row.get_absolute_url(),
        excerpt=excerpt(document.text, terms, row.community.language),
        community=row.community,
        status=status,
        status_words=words,
        at=document.happened_at,
    )
