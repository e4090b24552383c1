"""What is alive of practices: what was agreed on lately, what is to be looked at again, what nobody looks after."""

from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commonplace.communities.alive import MOST_ALIVE, Alive, AliveRow
from commonplace.communities.models import Community
from commonplace.communities.stages import About
from commonplace.communities.way_on import Step
from commonplace.ledger.reading import NOW, READER, Place, Reading
from commonplace.objectifying.choosing import NOBODY
from commonplace.objectifying.models import Agreement, Practice, PracticeCourse, PracticeQuerySet, Review
from commonplace.objectifying.models.practice import NEWEST_FIRST

LATELY, MOST_LOOKED_AT = timedelta(days=90), 50
HERE = Place("community")
SINCE = Place(NOW.name, DateTimeField(), settle=lambda now: now - LATELY)


def _agreed() -> Any:
    """Of what moved last."""
    moved = PracticeCourse.objects.visible_to(READER).filter(community=HERE, moved_at__gt=SINCE)
    looked_at = moved.order_by("-moved_at").values("pk")[:MOST_LOOKED_AT]
    rows = Agreement.objects.visible_to(READER).in_force().filter(practice__in=looked_at, since__gt=SINCE)
    return rows.select_related("practice__community").order_by("-since", "pk")[:MOST_ALIVE]


def _due() -> Any:
    rows = Review.objects.visible_to(READER).open().filter(practice__community=HERE)
    return rows.select_related("practice__community").order_by("due_on", "pk")[:MOST_ALIVE]


def _untended() -> PracticeQuerySet:
    rows = Practice.objects.visible_to(READER).here(HERE).held().orphans()
    return rows.select_related("community").order_by(*NEWEST_FIRST)[:MOST_ALIVE]


AGREED: Reading[Agreement] = Reading(_agreed)
DUE: Reading[Review] = Reading(_due)
UNTENDED: Reading[Practice] = Reading(_untended)


def agreed(person: Any, community: Community) -> list[AliveRow]:
    rows = AGREED.rows(reader=person, community=community.pk)
    return [_row(one.practice, line=_("agreed"), when=one.since) for one in rows]


def due(person: Any, community: Community) -> list[AliveRow]:
    rows, spoken = DUE.rows(reader=person, community=community.pk), community.language
    return [AliveRow(one.practice.title, reverse("review", args=[community.slug, one.practice_id]), spoken,
                     line=one.get_why_display()) for one in rows]  # fmt: skip


def untended(person: Any, community: Community) -> list[AliveRow]:
    rows = UNTENDED.rows(reader=person, community=community.pk)
    return [_row(one, line=_("nobody looks after it")) for one in rows]


def _row(practice: Practice, **line: Any) -> AliveRow:
    return AliveRow(practice.title, practice.get_absolute_url(), practice.community.language, **line)


def _practices(community: Community, query: str) -> str:
    return f"{reverse('practices', args=[community.slug])}?{query}"


def _all_agreed(community: Community) -> Step:
    return Step(_("All that is agreed on"), _practices(community, "status=accepted"))


def _all_due(community: Community) -> Step:
    return Step(_("All that is to be looked at"), reverse("reviews", args=[community.slug]))


def _all_untended(community: Community) -> Step:
    return Step(_("All that nobody looks after"), _practices(community, f"steward={NOBODY}"))


ALIVE = (
    Alive("agreed", About.AGREED, "obj", gettext_lazy("Lately agreed on"), agreed, _all_agreed),
    Alive("due", About.DUE, "obj", gettext_lazy("To be looked at again"), due, _all_due),
    Alive("untended", About.HANDED_ON, "obj", gettext_lazy("To hand on"), untended, _all_untended),
)
