"""Whom a practice concerns, as plain ids, and why: who looks after it, whose it is, who used it, whom it is for."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonplace.communities.occasions import Because, Concern
from commonplace.consenting.contributions.occasions.whom import FACILITATES, facilitators
from commonplace.consenting.models import Party, Stance
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.objectifying.models import Bringing, Credit, Practice
from commonplace.objectifying.reports import REPORTED

__all__ = ["CARES", "FACILITATES", "OF_PRACTICE", "facilitators", "heard_in", "of", "practice_of", "used"]
WHY = "whom a practice concerns is told; what it says is read by whoever reads it"
LATELY = timedelta(days=180)
CARES = Because(_("you look after it"))
OF_PRACTICE = {
    "cares": CARES,
    "began": Because(_("you wrote it down")),
    "brought": Because(_("you brought it in")),
    "credited": Because(_("it credits you")),
    "used": Because(_("you used it")),
}


def practice_of(act: Act) -> Any:
    """With whether it was brought in."""
    brought = Bringing.objects.filter(practice=OuterRef("pk")).everywhere(WHY)
    rows = Practice.objects.everywhere(WHY).select_related("community").annotate(is_brought=Exists(brought))
    return rows.get(pk=act.subject)


def of(act: Act, *ways: str) -> Iterator[Concern]:
    """`ways`: names of reasons, the weightiest first; without, who looks after it and who began it."""
    practice = practice_of(act)
    for way in ways or ("cares", "began"):
        yield from WAYS[way](practice)


def used(practice: Any) -> Iterator[Concern]:
    """Lately, as somebody said."""
    lately = Act.objects.about(practice).filter(verb=REPORTED, happened_at__gt=clock.now() - LATELY)
    return (Concern(person, "used") for person in lately.order_by().values_list("actor", flat=True).distinct())


def heard_in(proposal: str) -> set[str]:
    """Who is told how this round ended, so that nobody is told twice what it did."""
    parties = Party.objects.filter(proposal=proposal).everywhere(WHY).values_list("person", flat=True)
    spoke = Stance.objects.filter(proposal=proposal).current().everywhere(WHY).values_list("person", flat=True)
    return {*parties, *spoke} if proposal else set()


def _cares(practice: Any) -> Iterator[Concern]:
    if practice.steward_id:
        yield Concern(practice.steward_id, "cares")


def _began(practice: Any) -> Iterator[Concern]:
    yield Concern(practice.begun_by_id, "brought" if practice.is_brought else "began")


def _credited(practice: Any) -> Iterator[Concern]:
    rows = Credit.objects.filter(practice=practice.pk).of_knowledge().everywhere(WHY)
    return (Concern(person, "credited") for person in rows.values_list("person", flat=True))


WAYS = {"cares": _cares, "began": _began, "credited": _credited, "used": used}
