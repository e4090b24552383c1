"""What is found: the plain words of exchanges and practices as they are now."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from commonplace.externalizing.models import Exchange, Response
from commonplace.internalizing.models import Document, DocumentKind
from commonplace.objectifying.models import Excerpt, Practice, Version
from commonplace.objectifying.status import Status
from commonplace.untrusted.html import plain

WEIGHT = {
    Status.ACCEPTED: 2,
    **dict.fromkeys((Status.CANDIDATE, Status.PROPOSED, Status.CONTESTED, Status.UNDER_REVISION), 1),
}
Words = dict[str, list[str]]


def of_exchanges(ids: Sequence[str]) -> list[Document]:
    """One document for an exchange and all its responses."""
    responses = Response.objects.filter(exchange__in=ids).everywhere("index").order_by("responded_at", "pk")
    texts = _gathered(responses.values_list("exchange", "html"))
    held = Exchange.objects.filter(pk__in=ids).everywhere("index").select_related("community").defer("body")
    return [
        Document(
            kind=DocumentKind.EXCHANGE,
            subject=exchange.pk,
            community=exchange.community,
            title=_composed(exchange.title),
            text=_text([exchange.html, *texts[exchange.pk]]),
            happened_at=exchange.opened_at,
        )
        for exchange in held
    ]


def of_practices(ids: Sequence[str]) -> list[Document]:
    """The version that the page shows, and the words that it quotes."""
    versions = Version.objects.filter(practice__in=ids).everywhere("index").shown()
    texts = _gathered((version.practice_id, version.html) for version in versions)
    for practice, words in Excerpt.objects.filter(practice__in=ids).everywhere("index").values_list("practice", "html"):
        texts[practice].append(words)
    held: Any = Practice.objects.filter(pk__in=ids).everywhere("index").with_status().select_related("community")
    return [
        Document(
            kind=DocumentKind.PRACTICE,
            subject=practice.pk,
            community=practice.community,
            title=_composed(practice.title),
            text=_text(texts[practice.pk]),
            weight=WEIGHT.get(Status(practice.status), 0),
            happened_at=practice.distilled_at,
        )
        for practice in held
    ]


def _gathered(pairs: Iterable[tuple[str, str]]) -> Words:
    gathered: Words = defaultdict(list)
    for subject, html in pairs:
        gathered[subject].append(html)
    return gathered


def _text(htmls: Iterable[str]) -> str:
    return _composed("\n".join(plain(html) for html in htmls if html))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


SOURCES: dict[DocumentKind, tuple[type[Exchange] | type[Practice], Callable[[Sequence[str]], list[Document]]]] = {
    DocumentKind.EXCHANGE: (Exchange, of_exchanges),
    DocumentKind.PRACTICE: (Practice, of_practices),
}
