"""A practice is found by the version that its page shows and the words that it quotes; what is agreed comes first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Findable, SearchSource, Shown
from commonplace.objectifying.models import Excerpt, Practice, PracticeQuerySet, Version
from commonplace.objectifying.status import Status

WEIGHT = {
    Status.ACCEPTED: 3,
    **dict.fromkeys((Status.CANDIDATE, Status.PROPOSED, Status.CONTESTED, Status.UNDER_REVISION), 1),
}


def _rows() -> PracticeQuerySet:
    return Practice.objects.select_related("community", "course")


def _findable(ids: Sequence[str]) -> Iterator[Findable]:
    texts: dict[str, list[str]] = defaultdict(list)
    for version in Version.objects.filter(practice__in=ids).everywhere("index").shown():
        texts[version.practice_id].append(version.html)
    for practice, html in Excerpt.objects.filter(practice__in=ids).everywhere("index").values_list("practice", "html"):
        texts[practice].append(html)
    row: Any
    for row in _rows().everywhere("index").filter(pk__in=ids):
        weight = WEIGHT.get(Status(row.status), 0)
        yield Findable(row.pk, row.pk, row.community, row.title, texts[row.pk], row.distilled_at, weight)


def _shown(row: Any) -> Shown:
    words, address = row.status_words, row.get_absolute_url()
    return Shown(row.title, row.community, address, _("Practice"), row.status, words, row.distilled_at)


PRACTICES = SearchSource(
    "practice", "obj", _("Practices"),
    verbs=(
        "practice.distilled", "practice.version_added", "practice.words_refused",
        "proposal.decided", "challenge.raised", "challenge.settled",
    ),
    about=lambda act: act.subject, findable=_findable, rows=_rows, shown=_shown,
)  # fmt: skip
