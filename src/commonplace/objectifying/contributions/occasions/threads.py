"""A practice is a thread; what came in at once is one."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Named, Thread
from commonplace.externalizing.models import TopicAlias
from commonplace.ledger.reading import READER, Among, Reading
from commonplace.objectifying.models import Batch, Practice

WHY = "whoever follows a topic is told of what is filed under it"
HERE = tuple(f"community__{name}" for name in ("slug", "title", "language"))


def _practices() -> Any:
    rows = Practice.objects.visible_to(READER).filter(pk__in=Among("threads")).select_related("community")
    return rows.only("title", *HERE)


def _batches() -> Any:
    rows = Batch.objects.visible_to(READER).filter(pk__in=Among("threads")).select_related("community")
    return rows.only("called", *HERE)


def _named(row: Any) -> Named:
    return Named(row.title, row.get_absolute_url(), row.community)


def _called(row: Any) -> Named:
    return Named(row.called, reverse("batch", args=[row.community.slug, row.pk]), row.community)


def _topics(practice: str) -> Sequence[str]:
    rows = TopicAlias.objects.filter(practices=practice).everywhere(WHY)
    return list(rows.values_list("topic", flat=True).distinct())


PRACTICE = Thread(
    "practice", "obj", _("Practice"), Reading(_practices), _named, pages=("practice", "practice_by_id"), topics=_topics,
)  # fmt: skip
BATCH = Thread("batch", "obj", _("Came in at once"), Reading(_batches), _called, pages=("batch",))
