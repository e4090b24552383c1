"""Gathering: one search over exchanges and practices, within what the reader may see. At most eight queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Window

from commonplace.communities.models import Community
from commonplace.internalizing.models import Document, DocumentQuerySet
from commonplace.internalizing.search.engines import engine
from commonplace.internalizing.search.hits import hits
from commonplace.internalizing.search.results import PAGE, Results
from commonplace.internalizing.search.typed import terms

LAST_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Matches:
    """One page of matching documents, best first, and how many there are on all pages."""

    ids: list[int]
    total: int
    number: int


def search(
    person: Any, text: str, *, kinds: Sequence[str] = (), community: Community | None = None, page: int = 1
) -> Results:
    """Hits for any typed text: those with all its words; without any, those with some. `kinds`: names of sources."""
    asked = terms(text, _languages(person, community))
    if not asked:
        return Results(text, [], 0)
    within = _documents(person, kinds, community)
    for every in (True, False) if len(asked) > 1 else (True,):
        matches = _page(engine().matching(within, asked, every), page)
        if matches.ids:
            return Results(text, hits(person, matches.ids, asked), matches.total, matches.number, loose=not every)
    return Results(text, [], 0)


def _documents(person: Any, kinds: Sequence[str], community: Community | None) -> DocumentQuerySet:
    documents = Document.objects.visible_to(person)
    if kinds:
        documents = documents.filter(kind__in=kinds)
    return documents.filter(community=community) if community else documents


def _languages(person: Any, community: Community | None) -> list[str]:
    if community:
        return [community.language]
    return list(Community.objects.readable_by(person).values_list("language", flat=True).distinct())


def _page(matching: QuerySet[Document], number: int) -> Matches:
    """The documents of this page; of the first one, if there is none of this number."""
    start = (min(max(1, number), LAST_PAGE) - 1) * PAGE
    ranked = matching.annotate(total=Window(Count("*"))).order_by("-score", "-happened_at", "-pk")
    rows = list(ranked.values_list("pk", "score", "total")[start : start + PAGE])
    if start and not rows:
        return _page(matching, 1)
    return Matches([row[0] for row in rows], rows[0][2] if rows else 0, start // PAGE + 1)
