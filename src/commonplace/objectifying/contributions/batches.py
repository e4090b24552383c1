"""What came in at once waits for others of the community: which of it do they know to be in use?"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import MOST_COUNTED, Need, first_of
from commonplace.ledger.reading import READER, Reading, settled
from commonplace.objectifying.contributions.further import further
from commonplace.objectifying.contributions.needs import LATELY, reviewed_by
from commonplace.objectifying.listing import not_agreed
from commonplace.objectifying.models import Backing, Batch, Bringing

WHY = "whoever reads a practice reads who backs it"


def to_back(person: Any) -> Iterator[Need]:
    """For two weeks, until they said so of any of it; whoever brought it in is not asked."""
    more = lambda left: further("batch", left, left[0].community)  # noqa: E731
    return first_of(CAME_IN.rows(reader=person), _which, attrgetter("community_id"), more)


def _which(batch: Batch) -> Need:
    here = batch.community
    at = reverse("batch", args=[here.slug, batch.pk])
    words = _("Which of it do you know to be in use?")
    assert batch.confirmed_at
    return Need("obj", words, batch.called, at, batch.confirmed_at, language=here.language)


def _came_in() -> Any:
    lately = Batch.objects.visible_to(READER).filter(confirmed_at__gt=LATELY).exclude(by=READER.pk)
    brought = Bringing.objects.filter(batch=OuterRef("pk"), **not_agreed("practice__course")).everywhere(WHY)
    theirs = Backing.objects.filter(bringing__batch=OuterRef("pk"), person=READER.pk).everywhere(WHY)
    rows = lately.filter(Exists(brought), ~Exists(theirs), community__in=settled(READER, reviewed_by))
    return rows.select_related("community").order_by("confirmed_at")[:MOST_COUNTED]


CAME_IN: Reading[Batch] = Reading(_came_in)
