"""All that was said in a round, read once for whoever counts it and for the page that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, When

from commonplace.communities.evidence import BotSet
from commonplace.communities.models import Membership
from commonplace.consenting.absence import Wait, since
from commonplace.consenting.kinds import PartIn
from commonplace.consenting.models import Eligible, Objection, Party, Proposal, Remedy, Stance
from commonplace.consenting.models.reading import with_people
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.once import once

WHY = "the eligible are counted"
MAKES_THE_TEXT = (PartIn.WROTE, PartIn.OPENED)


@dataclass(frozen=True, slots=True)
class Rows:
    """What was read of one round: `stances` the current ones, `earlier` those replaced, `objections` all, `remedies`
    not refused, `refused` the others. Of whoever was asked or objects, ids: `makers` wrote the text or opened the
    round; `gone` left by themselves; `removed` were removed; `locked` have no way in; `bots` are programs.
    """

    asked: Sequence[Eligible]
    stances: Sequence[Stance]
    earlier: Sequence[Stance]
    objections: Sequence[Objection]
    remedies: Sequence[Remedy]
    refused: Sequence[Remedy]
    makers: frozenset[str]
    gone: frozenset[str]
    removed: frozenset[str]
    locked: frozenset[str]
    bots: frozenset[str]

    @property
    def away(self) -> frozenset[str]:
        """Of whoever was asked or objects: they answer for nothing any more."""
        return self.gone | self.removed | self.locked | self.bots

    @property
    def waits(self) -> list[Wait]:
        return _waits([*self.remedies, *self.refused])


def rows_of(proposal: Proposal) -> Rows:
    return once(("rows", proposal.pk), lambda: _read(proposal))


def parts_in(proposal: Proposal) -> list[tuple[str, str]]:
    """Ids of people, with the part that each has in it, objecting apart."""
    return once(("parties", proposal.pk), lambda: list(proposal.parties.values_list("person", "part")))


def part_of(proposal: Proposal) -> set[str]:
    """Ids of all who have a part in it: they wrote it, are credited, opened the round, objected."""
    return {
        *(person for person, _part in parts_in(proposal)),
        *(one.raised_by_id for one in rows_of(proposal).objections),
    }


def has_part(proposal: Proposal, person: str) -> bool:
    """Whoever reads a round's page: told with the round itself (`contents.ONE`)."""
    known: bool | None = getattr(proposal, "reader_has_part", None)
    if known is None:
        return person in part_of(proposal)
    return known or any(one.raised_by_id == person for one in rows_of(proposal).objections)


def _read(proposal: Proposal) -> Rows:
    moment = proposal.decided_at or clock.now()
    late = _remedies(proposal) if moment > proposal.closes_at else None
    until = min(moment, proposal.ends_after(_waits(late))) if late else min(moment, proposal.closes_at)
    asked: Any = proposal.asked.annotate(makes=_makes(proposal), **_left(proposal, "person", until))
    asked = list(with_people(asked, "person"))
    objections: Any = proposal.objections.annotate(
        locked=Case(When(raised_by__is_active=False, then=True), default=False),
        came_from=F("taken_from__proposal"),
        **_left(proposal, "raised_by", until),
    ).order_by("raised_at", "pk")
    objections = list(with_people(objections, "raised_by", "heard_by", "settled_by"))
    people = [*((one.person, one) for one in asked), *((one.raised_by, one) for one in objections)]
    stances = list(with_people(proposal.stances.order_by("taken_at", "pk"), "person", "entered_by"))
    remedies = (_remedies(proposal) if late is None else late) if objections else []
    return Rows(
        asked=asked,
        stances=[one for one in stances if one.replaced_at is None],
        earlier=[one for one in stances if one.replaced_at is not None],
        objections=objections,
        remedies=[one for one in remedies if one.refused_at is None],
        refused=[one for one in remedies if one.refused_at is not None],
        makers=frozenset(one.person_id for one in asked if one.makes),
        gone=frozenset(person.pk for person, one in people if one.gone),
        removed=frozenset(person.pk for person, one in people if one.ousted),
        locked=frozenset(one.raised_by_id for one in objections if one.locked),
        bots=_bots(proposal, people, until),
    )


def _makes(proposal: Proposal) -> Exists:
    made = Party.objects.filter(proposal=proposal, part__in=MAKES_THE_TEXT, person=OuterRef("person"))
    return Exists(made.everywhere(WHY))


def _waits(remedies: Sequence[Any]) -> list[Wait]:
    """For when a round ended, or will: whoever leaves after that changes nothing."""
    shown = ((one, one.objection.settled_at, one.seen_at) for one in remedies if one.seen_at)
    return [
        Wait(seen_at, one.refused_at, settled_at, one.left_at, one.bot_since, one.locked_since and seen_at)
        for one, settled_at, seen_at in shown
    ]


def _remedies(proposal: Proposal) -> Sequence[Remedy]:
    gone = since("objection__raised_by", "objection__proposal__community", "offered_at")
    rows = Remedy.objects.filter(objection__proposal=proposal).everywhere(WHY).annotate(**gone)
    return list(rows.select_related("seen", "offered_by", "objection__proposal").order_by("offered_at", "pk"))


def _left(proposal: Proposal, person: str, until: datetime) -> dict[str, Exists]:
    """Who left, by themselves or removed, and is not back. Who was removed has said what they said."""
    here = Membership.objects.filter(community=proposal.community_id, joined_at__lte=until).everywhere(WHY)
    later = here.filter(person=OuterRef("person"), joined_at__gt=OuterRef("joined_at"))
    ended = here.filter(person=OuterRef(person), left_at__lte=until).exclude(Exists(later))
    return {"gone": Exists(ended.filter(removed=False)), "ousted": Exists(ended.filter(removed=True))}


def _bots(proposal: Proposal, people: Sequence[tuple[Any, Any]], until: datetime) -> frozenset[str]:
    """Ids of whoever, asked or objecting, is a program; once it is closed, was found to be one before that."""
    if proposal.is_open and until >= clock.now():
        return frozenset(person.pk for person, _one in people if person.is_bot)
    about = {"verb": "person.bot_set", "subject__in": {person.pk for person, _one in people}}
    acts = Act.objects.filter(happened_at__lte=until, **about).everywhere(WHY)
    last = {act.subject: BotSet.of(act).bot for act in acts.order_by("happened_at", "id")}
    return frozenset(person for person, bot in last.items() if bot)
