"""Which practices are being taken up, and what a person reported: for the cycle page and home."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from commonplace.internalizing.acts.applying import APPLICABLE
from commonplace.internalizing.models import Application, ApplicationQuerySet
from commonplace.ledger import clock
from commonplace.objectifying.models import Practice, PracticeQuerySet

RECENTLY = timedelta(days=180)


def being_taken_up(person: Any) -> PracticeQuerySet:
    """Practices that this person may read, a candidate or later, applied by somebody in the last 180 days."""
    reports = Application.objects.everywhere("taken up by anybody").since(clock.now() - RECENTLY)
    recent = reports.filter(practice=OuterRef("pk"))
    return Practice.objects.visible_to(person).with_status().filter(Exists(recent), status__in=APPLICABLE)


def reported_by(person: Any) -> ApplicationQuerySet:
    """One's own applications, in the communities one still may read."""
    return Application.objects.visible_to(person).by(person).newest_first()
