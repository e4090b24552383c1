"""Applications that were reported: with what was changed or went wrong, else with where it was."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Value

from commonplace.communities.contributions import MOST_PIECES, Piece
from commonplace.communities.lately import Told
from commonplace.communities.models.person import person_shown
from commonplace.communities.newest import since
from commonplace.communities.saying import line_in
from commonplace.internalizing.models import Application
from commonplace.internalizing.models.application import ApplicationQuerySet
from commonplace.ledger.reading import READER, Among, Place, Reading
from commonplace.ledger.replay import BEFORE_ALL


def _reported() -> ApplicationQuerySet:
    communities, before = Among("communities"), Place("before", DateTimeField())
    past = Application.objects.everywhere("where the newest begin").filter(reported_at__lt=before)
    first = since(communities, past, "reported_at", Value(BEFORE_ALL), MOST_PIECES)
    here = {"community__in": communities, "reported_at__lt": before, "reported_at__gte": first}
    rows = Application.objects.visible_to(READER).filter(**here).select_related("person", "practice__community")
    shown = ("outcome", "where", "adaptation", "reported_at", "practice__title", *person_shown("person"))
    of_it = (f"practice__community__{name}" for name in ("slug", "title", "language"))
    return rows.only(*shown, *of_it).order_by("-reported_at", "-pk")[:MOST_PIECES]


REPORTED: Reading[Application] = Reading(_reported)


def last_reported() -> Told:
    return [(Application.objects.everywhere("when the last was"), "reported_at", "person")]


def reported(person: Any, communities: Sequence[str], before: datetime) -> Iterator[Piece]:
    for application in REPORTED.rows(reader=person, communities=communities, before=before):
        phase = "red" if application.has_failed() else "int"
        yield Piece(
            phase, application.get_outcome_display(), application.practice.title, application.get_absolute_url(),
            application.practice.community.title, application.person, application.reported_at,
            application.practice.community.language, line_in(application.adaptation or application.where),
        )  # fmt: skip
