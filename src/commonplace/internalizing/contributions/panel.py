"""What the pages of a practice and of a review show of its applications."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.contributions import Panel, Step
from commonplace.internalizing.acts import may_apply
from commonplace.internalizing.models import Application
from commonplace.internalizing.models.application import ApplicationQuerySet, Uses
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying.models import Practice, Review
from commonplace.objectifying.reviewing import since, unanswered

SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InRealWork(Panel):
    """`named`: the reader may see who reported."""

    template: ClassVar[str] = "internalizing/on_practice.jinja"
    above: ClassVar[str] = "internalizing/above_practice.jinja"
    uses: Uses
    applications: list[Application]
    all_at: str
    named: bool
    language: str


def _reports() -> ApplicationQuerySet:
    return Application.objects.visible_to(READER).filter(practice=Place("practice"))


COUNTED: Reading[tuple[int, ...]] = Reading(lambda: _reports().counted(), shape=lambda *counts: counts)
NEWEST: Reading[Application] = Reading(lambda: _reports().newest_first()[:SHOWN])


def on_practice(person: Any, practice: Practice) -> InRealWork:
    here = [practice.community.slug, practice.pk]
    places = {"reader": person, "practice": practice.pk}
    use_it = Step(_("I used it"), reverse("apply", args=here))
    return InRealWork(
        uses=Uses.of(COUNTED.rows(**places)),
        applications=NEWEST.rows(**places),
        all_at=reverse("applications", args=here),
        named=policy.is_member(person, practice.community),
        language=practice.community.language,
        steps=(use_it,) if may_apply(person, practice) else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatFailed(Panel):
    """Since the last look; `unanswered`: ids of those that no version and no challenge names."""

    template: ClassVar[str] = "internalizing/on_review.jinja"
    practice: Practice
    applications: list[Application]
    unanswered: set[str]


def on_review(person: Any, review: Review) -> WhatFailed:
    practice, failed = review.practice, since(review.agreement).failed
    rows = Application.objects.visible_to(person).filter(pk__in=[act.object for act in failed])
    named = {act.object for act in unanswered(practice, failed)}
    return WhatFailed(practice=practice, applications=list(rows.newest_first()), unanswered=named)
