"""What a new community can begin with: each phase brings its steps, none is compulsory, and none is told again of once
it is done."""

from collections.abc import Iterator
from datetime import timedelta
from operator import attrgetter
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonplace.communities.contributions import MOST_NEEDS, FirstStep, Need, contributed
from commonplace.communities.models import Community, FirstHourPutAway, Person
from commonplace.communities.needs import tended_by
from commonplace.ledger import clock
from commonplace.ledger.reading import NOW, READER, Place, Reading, settled

TOLD_FOR = timedelta(days=30)
YOUNG = Place(NOW.name, DateTimeField(), settle=lambda now: now - TOLD_FOR)


def steps() -> list[FirstStep]:
    return sorted(contributed(FirstStep), key=attrgetter("place"))


def so_far(community: Community) -> Any:
    """Its row, with what the steps ask of it."""
    return ROW.first(community=community.pk)


def put_away(person: Person, community: Community) -> None:
    """Once, however often it is pressed."""
    mine = FirstHourPutAway(person=person, community=community)
    FirstHourPutAway.objects.bulk_create([mine], ignore_conflicts=True)


def is_put_away(person: Person, community: Community) -> bool:
    return FirstHourPutAway.objects.visible_to(person).filter(community=community).exists()


def to_begin_with(person: Any) -> Iterator[Need]:
    """One for each young community where this person facilitates, while something is left of it; last of all, since
    nobody waits for it."""
    return (_need(row, len(left)) for row, left in _unfinished(person))


def is_left(person: Any, community: Community) -> bool:
    """Whether home tells this person of it still."""
    return any(row.pk == community.pk for row, _left in _unfinished(person))


def _unfinished(person: Any) -> Iterator[tuple[Any, list[FirstStep]]]:
    for row in TENDED.rows(reader=person) if tended_by(person) else ():
        if left := [step for step in steps() if not step.done(row)]:
            yield row, left


def _need(row: Any, left: int) -> Need:
    detail = ngettext("%(n)s thing to begin with", "%(n)s things to begin with", left) % {"n": left}
    at = reverse("first_hour", args=[row.slug])
    return Need("", _("The first hour"), row.title, at, clock.now(), detail, row.language, of_place=True)


def _with_columns(rows: Any) -> Any:
    return rows.annotate(**{name: one for step in steps() for name, one in step.columns().items()})


def _one() -> Any:
    return _with_columns(Community.objects.filter(pk=Place("community")).everywhere("its page is a facilitator's"))


def _tended() -> Any:
    mine = FirstHourPutAway.objects.visible_to(READER).filter(community=OuterRef("pk"))
    here = Community.objects.visible_to(READER).filter(pk__in=settled(READER, tended_by), founded_at__gt=YOUNG)
    return _with_columns(here.exclude(Exists(mine))).order_by("founded_at")[:MOST_NEEDS]


ROW: Reading[Any] = Reading(_one)
TENDED: Reading[Any] = Reading(_tended)
