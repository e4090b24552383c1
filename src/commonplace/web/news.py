"""What is new in one's communities, newest first, a page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonplace.communities.models import Community
from commonplace.externalizing.models import Exchange, Kind
from commonplace.internalizing.models import Application
from commonplace.objectifying.models import Practice, Proposal
from commonplace.objectifying.models.proposal import OUTCOMES

PAGE = 15
OPENINGS: dict[str, Promise] = {
    Kind.REQUEST: _("Question"),
    Kind.OFFER: _("Offer"),
    Kind.PROBLEM: _("Problem"),
    Kind.STORY: _("Story"),
}
DECIDED = Proposal.objects.decided_on_it()
LAST_ROUND = {
    "ended": Subquery(DECIDED.values("decided_at")[:1]),
    "outcome": Subquery(DECIDED.values("outcome")[:1]),
    "decider": Subquery(DECIDED.values("decided_by__name")[:1]),
}


@dataclass(frozen=True, slots=True)
class Piece:
    phase: str
    what: Promise | str
    title: str
    href: str
    community: str
    who: str
    at: datetime


def news(person: Any, communities: list[Community], before: datetime) -> list[Piece]:
    """At most PAGE + 1 pieces that happened before `before`; the one too many says that there is more."""
    sources = [source(person, communities, before) for source in SOURCES]
    return list(islice(merge(*sources, key=lambda piece: piece.at, reverse=True), PAGE + 1))


def exchanges(person: Any, communities: list[Community], before: datetime) -> Iterator[Piece]:
    opened = Exchange.objects.visible_to(person).filter(community__in=communities, opened_at__lt=before)
    for exchange in (
        opened.select_related("community", "opener").defer("body", "html").order_by("-opened_at")[: PAGE + 1]
    ):
        yield Piece(
            "ext", OPENINGS[exchange.kind], exchange.title, exchange.get_absolute_url(), exchange.community.title,
            exchange.opener.name, exchange.opened_at,
        )  # fmt: skip


def practices(person: Any, communities: list[Community], before: datetime) -> Iterator[Piece]:
    """Each once, at the last that happened to it: written down, or a round on it decided."""
    here = Practice.objects.visible_to(person).filter(community__in=communities).annotate(**LAST_ROUND)
    moved = here.annotate(at=Coalesce("ended", "distilled_at")).filter(at__lt=before).order_by("-at")
    practice: Any
    for practice in moved.select_related("community", "distilled_by")[: PAGE + 1]:
        yield Piece(
            "obj", OUTCOMES[practice.outcome] if practice.outcome else _("Written down"), practice.title,
            practice.get_absolute_url(), practice.community.title,
            practice.decider or practice.distilled_by.name, practice.at,
        )  # fmt: skip


def applications(person: Any, communities: list[Community], before: datetime) -> Iterator[Piece]:
    used = Application.objects.visible_to(person).filter(practice__community__in=communities, reported_at__lt=before)
    for application in used.newest_first()[: PAGE + 1]:
        yield Piece(
            "int", application.get_outcome_display(), application.practice.title, application.get_absolute_url(),
            application.practice.community.title, application.person.name, application.reported_at,
        )  # fmt: skip


SOURCES = [exchanges, practices, applications]
