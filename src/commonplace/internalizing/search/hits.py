"""From documents to what a page shows: addresses and statuses are those of this moment."""

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from commonplace.externalizing.models import Exchange
from commonplace.externalizing.models import Status as ExchangeStatus
from commonplace.internalizing.models import Document, DocumentKind
from commonplace.internalizing.search.excerpt import excerpt, marked
from commonplace.internalizing.search.results import Hit
from commonplace.internalizing.search.typed import Term
from commonplace.objectifying.models import STATUSES, Practice
from commonplace.objectifying.status import Status

MODELS: dict[str, type[Exchange] | type[Practice]] = {DocumentKind.EXCHANGE: Exchange, DocumentKind.PRACTICE: Practice}
LABELS: dict[tuple[str, str], Any] = {
    **{(DocumentKind.EXCHANGE, status.value): status.label for status in ExchangeStatus},
    **{(DocumentKind.PRACTICE, status.value): STATUSES[status] for status in Status},
}


def hits(person: Any, ids: Sequence[int], terms: Sequence[Term]) -> list[Hit]:
    """In the order of the documents' ids; one query."""
    visible = Document.objects.visible_to(person).filter(pk__in=ids).select_related("community")
    documents = visible.annotate(status=Coalesce(_status(Exchange), _status(Practice))).in_bulk()
    return [_hit(documents[pk], terms) for pk in ids if pk in documents]


def _status(model: type[Exchange] | type[Practice]) -> Subquery:
    rows: QuerySet[Any] = model.objects.everywhere("of documents that the reader may see").with_status()
    return Subquery(rows.filter(pk=OuterRef("subject")).values("status")[:1])


def _hit(document: Any, terms: Sequence[Term]) -> Hit:
    community = document.community
    row = MODELS[document.kind](pk=document.subject, title=document.title, community=community)
    return Hit(
        kind=document.kind,
        title=marked(document.title, terms, community.language),
        address=row.get_absolute_url(),
        excerpt=excerpt(document.text, terms, community.language),
        community=community,
        status=document.status,
        status_label=str(LABELS[document.kind, document.status]),
        at=document.happened_at,
    )
