"""A practice is found by the version that its page shows and the words that it quotes; what is agreed comes first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Findable, SearchSource, Shown
from commonplace.ledger.reading import Among, Reading
from commonplace.objectifying.models import Excerpt, Practice, PracticeQuerySet, Source, Version
from commonplace.objectifying.status import Status

WEIGHT = {
    Status.ACCEPTED: 3,
    Status.CONTESTED: 2,  # In force, with a doubt.
    **dict.fromkeys((Status.CANDIDATE, Status.BROUGHT, Status.PROPOSED, Status.UNDER_REVISION), 1),
}


def _rows() -> PracticeQuerySet:
    refused = Excerpt.objects.filter(practice=OuterRef("pk")).everywhere("whoever sees the practice sees its excerpts")
    last = refused.exclude(refused_at=None).order_by("-refused_at").values("refused_at")[:1]
    return Practice.objects.with_course().select_related("community").annotate(edited_at=Subquery(last))


def _findable(ids: Sequence[str]) -> Iterator[Findable]:
    texts: dict[str, list[str]] = defaultdict(list)
    for version in Version.objects.filter(practice__in=ids).everywhere("index").shown():
        texts[version.practice_id].append(version.html)
    edited_at: dict[str, datetime] = {}
    excerpts = Excerpt.objects.filter(practice__in=ids).everywhere("index")
    for practice, html, refused_at in excerpts.values_list("practice", "html", "refused_at"):
        texts[practice].append(html)
        if refused_at:
            edited_at[practice] = max(refused_at, edited_at.get(practice, refused_at))
    row: Any
    for row in _rows().everywhere("index").filter(pk__in=ids):
        weight, text, edited = WEIGHT.get(Status(row.status), 0), texts[row.pk], edited_at.get(row.pk)
        yield Findable(row.pk, row.pk, row.community, row.title, text, row.begun_at, weight, edited)


def _shown(row: Any) -> Shown:
    words, address = row.status_words, row.get_absolute_url()
    at = row.agreed_since or row.course.moved_at  # Its status, not its first draft, is what the date is read of.
    return Shown(row.title, row.community, address, _("Practice"), row.status, words, at, row.edited_at)


def _made_of(ids: Sequence[str]) -> dict[str, list[str]]:
    exchanges: dict[str, list[str]] = defaultdict(list)
    for practice, exchange in MADE_OF.rows(ids=ids):
        exchanges[practice].append(exchange)
    return exchanges


def _sources() -> Any:
    here = Source.objects.filter(practice__in=Among("ids"), practice__course__agreed__gt=0)
    return here.everywhere("whoever may read a practice sees where it comes from").values_list("practice", "exchange")


MADE_OF: Reading[tuple[str, str]] = Reading(_sources, shape=lambda *both: both)
PRACTICES = SearchSource(
    "practice", "obj", _("Practices"),
    verbs=(
        "practice.distilled", "practice.brought", "practice.version_added", "practice.words_refused",
        "proposal.decided", "challenge.raised", "challenge.settled", "challenge.taken_back", "practice.minor_agreed",
        "practice.set_aside", "practice.replaced", "practice.retired",
    ),
    about=lambda act: act.subject, findable=_findable, rows=_rows, shown=_shown, made_of=_made_of,
)  # fmt: skip
