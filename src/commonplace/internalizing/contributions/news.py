"""Applications that were reported."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from commonplace.communities.contributions import Piece
from commonplace.communities.models import Community
from commonplace.internalizing.models import Application


def reported(person: Any, communities: Sequence[Community], before: datetime, most: int) -> Iterator[Piece]:
    used = Application.objects.visible_to(person).filter(practice__community__in=communities, reported_at__lt=before)
    for application in used.newest_first()[:most]:
        yield Piece(
            "int", application.get_outcome_display(), application.practice.title, application.get_absolute_url(),
            application.practice.community.title, application.person.name, application.reported_at,
        )  # fmt: skip
