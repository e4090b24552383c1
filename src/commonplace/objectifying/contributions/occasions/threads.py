"""A practice is a thread; what came in at once is one."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Seen, Thread, seen
from commonplace.externalizing.models import TopicAlias
from commonplace.ledger.reading import READER, Among
from commonplace.objectifying.models import Batch, Practice

WHY = "whoever follows a topic is told of what is filed under it"


def _practices() -> Any:
    return seen(Practice.objects.visible_to(READER).filter(pk__in=Among("threads")), "practice")


def _batches() -> Any:
    return seen(Batch.objects.visible_to(READER).filter(pk__in=Among("threads")), "batch", title="called")


def _at_practice(one: Seen) -> str:
    return Practice(pk=one.thread, title=one.title, community=one.here).get_absolute_url()


def _at_batch(one: Seen) -> str:
    return reverse("batch", args=[one.slug, one.thread])


def _topics(practice: str) -> Sequence[str]:
    rows = TopicAlias.objects.filter(practices=practice).everywhere(WHY)
    return list(rows.values_list("topic", flat=True).distinct())


PRACTICE = Thread(
    "practice", "obj", _("Practice"), _practices, _at_practice, topics=_topics, many=_("Practices"),
    pages=("practice", "practice_by_id", "practice_version", "practice_words", "application"),
)  # fmt: skip
BATCH = Thread("batch", "obj", _("Came in at once"), _batches, _at_batch, pages=("batch",), part_of=PRACTICE.name)
