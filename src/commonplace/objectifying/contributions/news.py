"""Practices, each once, at the last that happened to it: written down, or a round on it decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.objectifying.models import Practice, PracticeQuerySet, Proposal
from commonplace.objectifying.models.proposal import OUTCOMES


def _moved() -> PracticeQuerySet:
    here = _with_last_round(Practice.objects.visible_to(READER).filter(community__in=Among("communities")))
    rows = here.annotate(at=Coalesce("ended", "distilled_at")).filter(at__lt=Place("before", DateTimeField()))
    return rows.order_by("-at").select_related("community", "distilled_by")[:MOST_PIECES]


MOVED: Reading[Any] = Reading(_moved)


def moved(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for practice in MOVED.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "obj", OUTCOMES[practice.outcome] if practice.outcome else _("Written down"), practice.title,
            practice.get_absolute_url(), practice.community.title,
            practice.decider or practice.distilled_by.name, practice.at,
        )  # fmt: skip


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    decided = Proposal.objects.decided_on_it()
    last = {"ended": "decided_at", "outcome": "outcome", "decider": "decided_by__name"}
    return practices.annotate(**{name: Subquery(decided.values(column)[:1]) for name, column in last.items()})
