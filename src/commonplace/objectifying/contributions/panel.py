"""What the page of an exchange shows of the practices that came of it, and a community's page of those in doubt."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import DateTimeField
from django.urls import reverse
from django.utils.translation import gettext as _

from commonplace.communities.contributions import Panel, Step
from commonplace.communities.models import Community
from commonplace.communities.way_on import WayOn
from commonplace.externalizing import acts as exchange_acts
from commonplace.externalizing.models import Status
from commonplace.externalizing.way_on import whom_it_owes
from commonplace.ledger import clock
from commonplace.ledger.act import may
from commonplace.ledger.reading import READER, Place, Reading
from commonplace.objectifying import acts, contents
from commonplace.objectifying.models import Challenge, Practice, PracticeQuerySet, Version
from commonplace.objectifying.models.challenge import NEAR
from commonplace.objectifying.status import OVER
from commonplace.objectifying.status import Status as PracticeStatus

MOST_IN_DOUBT, MOST_NAMED = 5, 3
GONE = (PracticeStatus.NOT_ACCEPTED, PracticeStatus.SET_ASIDE, *OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDown(Panel):
    """`again`: where something else that came of it could be written down, too."""

    template: ClassVar[str] = "objectifying/on_exchange.jinja"
    above: ClassVar[str] = "objectifying/above_exchange.jinja"
    practices: list[Practice]
    agreed: list[Version]
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InDoubt(Panel):
    """Challenges that end soon, and not by a round if nobody takes them to one."""

    above: ClassVar[str] = "objectifying/in_doubt.jinja"
    challenges: list[Challenge]


def _came_of_it() -> PracticeQuerySet:
    rows = Practice.objects.visible_to(READER).filter(sources__exchange=Place("exchange"))
    return rows.with_course().select_related("community").order_by("begun_at")


def _near_their_end() -> Any:
    here = Challenge.objects.visible_to(READER).open().filter(practice__community=Place("community"))
    near = here.filter(raised_at__lte=Place("before", DateTimeField()))
    return near.select_related("practice__community").order_by("raised_at")[:MOST_IN_DOUBT]


CAME_OF_IT: Reading[Practice] = Reading(_came_of_it)
NEAR_THEIR_END: Reading[Challenge] = Reading(_near_their_end)


def came_of(person: Any, exchange: Any) -> list[Practice]:
    return CAME_OF_IT.rows(reader=person, exchange=exchange.pk)


def on_community(person: Any, community: Community) -> InDoubt:
    before = clock.now() - timedelta(days=settings.CHALLENGE_DAYS) + NEAR
    return InDoubt(challenges=NEAR_THEIR_END.rows(reader=person, community=community.pk, before=before))


def on_exchange(person: Any, exchange: Any) -> WrittenDown:
    practices = came_of(person, exchange)
    there = WrittenDown(practices=practices, agreed=[contents.version(one) for one in practices if one.course.agreed])
    if exchange.status != Status.RESOLVED or not may(acts.distil, person, exchange.community):
        return there
    href = reverse("distil", args=[exchange.community.slug]) + f"?exchange={exchange.pk}"
    if any(one.status not in GONE for one in practices):
        return replace(there, again=href)
    return replace(there, way_on=_write_it_down(person, exchange, href))


def _write_it_down(person: Any, exchange: Any, href: str) -> WayOn:
    """With whoever's words helped, whom the form names already; or not, for it is not worth it."""
    others = [one.called for one in whom_it_owes(exchange) if one.pk != person.pk]
    words = _("It helped. Written down, whoever asks next finds it.")
    if others:
        with_them = {"names": ", ".join(others[:MOST_NAMED])}
        words = _("It helped. Written down, with %(names)s named, whoever asks next finds it.") % with_them
    steps = [Step(_("Write it down as a practice"), href)]
    if not hasattr(exchange, "closing") and may(exchange_acts.close, person, exchange):
        to_close = reverse("new_closing", args=[exchange.community.slug, exchange.pk])
        steps.append(Step(_("It is not worth it: close the exchange"), to_close))
    return WayOn(words, steps)
