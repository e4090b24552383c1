"""Applications that were reported."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.internalizing.models import Application
from commonplace.internalizing.models.application import ApplicationQuerySet
from commonplace.ledger.reading import READER, Among, Place, Reading


def _reported() -> ApplicationQuerySet:
    here = Application.objects.visible_to(READER).filter(practice__community__in=Among("communities"))
    return here.filter(reported_at__lt=Place("before", DateTimeField())).newest_first()[:MOST_PIECES]


REPORTED: Reading[Application] = Reading(_reported)


def reported(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for application in REPORTED.rows(reader=person, communities=communities, before=before):
        yield Piece(
            "int", application.get_outcome_display(), application.practice.title, application.get_absolute_url(),
            application.practice.community.title, application.person.name, application.reported_at,
        )  # fmt: skip
