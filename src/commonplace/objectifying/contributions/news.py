"""Practices, each once, at the last that happened to it: written down, or a round on it decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from commonplace.communities.contributions import Piece
from commonplace.communities.models import Community
from commonplace.objectifying.models import Practice, PracticeQuerySet, Proposal
from commonplace.objectifying.models.proposal import OUTCOMES


def moved(person: Any, communities: Sequence[Community], before: datetime, most: int) -> Iterator[Piece]:
    here = _with_last_round(Practice.objects.visible_to(person).filter(community__in=communities))
    rows = here.annotate(at=Coalesce("ended", "distilled_at")).filter(at__lt=before).order_by("-at")
    practice: Any
    for practice in rows.select_related("community", "distilled_by")[:most]:
        yield Piece(
            "obj", OUTCOMES[practice.outcome] if practice.outcome else _("Written down"), practice.title,
            practice.get_absolute_url(), practice.community.title,
            practice.decider or practice.distilled_by.name, practice.at,
        )  # fmt: skip


def _with_last_round(practices: PracticeQuerySet) -> PracticeQuerySet:
    decided = Proposal.objects.decided_on_it()
    last = {"ended": "decided_at", "outcome": "outcome", "decider": "decided_by__name"}
    return practices.annotate(**{name: Subquery(decided.values(column)[:1]) for name, column in last.items()})
