"""What is to be looked at again, and challenges that a round settles until their day: for whoever looks after the
practice or facilitates, and for whoever raised it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateField, DateTimeField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.calendar import DueDate
from commonplace.communities.contributions import MOST_COUNTED
from commonplace.communities.needs import tended_by
from commonplace.ledger.reading import READER, Place, Reading, settled
from commonplace.objectifying.models import Agreement, Challenge, Review

WHY = "on which day its review fell due"


def to_review(person: Any, since: datetime, until: datetime) -> Iterator[DueDate]:
    """Also what nobody has begun to look at, since its day is still to come."""
    for row in TO_REVIEW.rows(reader=person, since=since, until=until):
        practice, here = row.practice, row.practice.community
        at = reverse("review", args=[here.slug, practice.pk]) if row.opened_on else practice.get_absolute_url()
        words = _("To be looked at again")
        yield DueDate(f"review-{row.pk}", words, practice.title, row.due_on, row.since, at, here.title)


def to_settle(person: Any, since: datetime, until: datetime) -> Iterator[DueDate]:
    for row in TO_SETTLE.rows(reader=person, since=since, until=until):
        practice, words = row.practice, _("The challenge ends")
        at, here = practice.get_absolute_url(), practice.community.title
        yield DueDate(f"challenge-{row.pk}", words, practice.title, row.ends_at, row.raised_at, at, here)


def _cared_for() -> Q:
    return Q(practice__steward=READER.pk) | Q(practice__community__in=settled(READER, tended_by))


def _to_review() -> Any:
    opened = Review.objects.filter(agreement=OuterRef("pk")).open().everywhere(WHY).values("due_on")[:1]
    rows = Agreement.objects.visible_to(READER).in_force().filter(_cared_for())
    dated = rows.annotate(opened_on=Subquery(opened), due_on=Coalesce(Subquery(opened), "review_on"))
    soon = dated.filter(due_on__gte=Place("since", DateField()), due_on__lt=Place("until", DateField()))
    return _with_practice(soon, "since").order_by("due_on", "pk")[:MOST_COUNTED]


def _to_settle() -> Any:
    rows = Challenge.objects.visible_to(READER).open().filter(_cared_for() | Q(raised_by=READER.pk))
    soon = rows.filter(raised_at__gte=_raised("since"), raised_at__lt=_raised("until"))
    return _with_practice(soon, "raised_at").order_by("raised_at", "pk")[:MOST_COUNTED]


def _raised(name: str) -> Place:
    """What ends then was raised so long before."""
    return Place(name, DateTimeField(), settle=lambda moment: moment - timedelta(days=settings.CHALLENGE_DAYS))


def _with_practice(rows: Any, column: str) -> Any:
    here = (f"practice__community__{name}" for name in ("slug", "title"))
    return rows.select_related("practice__community").only(column, "practice__title", *here)


TO_REVIEW: Reading[Any] = Reading(_to_review)
TO_SETTLE: Reading[Challenge] = Reading(_to_settle)
