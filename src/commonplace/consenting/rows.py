"""All that was said in a round, read once for whoever counts it and for the page that shows it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Value, When

from commonplace.communities.evidence import BotSet
from commonplace.communities.models import Membership
from commonplace.consenting.absence import Wait, since
from commonplace.consenting.kinds import PartIn
from commonplace.consenting.models import Eligible, Objection, Party, Proposal, Remedy, Stance
from commonplace.consenting.models.reading import with_people
from commonplace.ledger import clock
from commonplace.ledger.models import Act
from commonplace.ledger.once import once

R = TypeVar("R")
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
    return once(("rows", proposal.pk), lambda: rows_of_all([proposal])[proposal.pk])


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


def rows_of_all(proposals: Sequence[Proposal]) -> dict[str, Rows]:
    """By their ids, of several in one community: in as many statements as of one."""
    now = clock.now()
    moments = {one.pk: one.decided_at or now for one in proposals}
    late = [one for one in proposals if moments[one.pk] > one.closes_at]
    remedies = _remedies(late) if late else []
    held = _by_round((one.objection.proposal_id, one) for one in remedies)
    until = {one.pk: _until(one, moments[one.pk], held[one.pk], one in late) for one in proposals}
    asked, objections = _asked(proposals, until), _objections(proposals, until)
    objected_to = {one.proposal_id for one in objections}
    early = [one for one in proposals if one.pk in objected_to and one not in late]
    remedies = [*remedies, *(_remedies(early) if early else [])]
    by_round = [_of_each(rows) for rows in (asked, objections, _stances(proposals))]
    remedied = _by_round((one.objection.proposal_id, one) for one in remedies)
    over = [one for one in proposals if not (one.is_open and until[one.pk] >= now)]
    words = _words_on_bots(over, asked, objections)
    return {
        one.pk: _together(
            one,
            [each[one.pk] for each in by_round],
            remedied[one.pk],
            [word for word in words if word.happened_at <= until[one.pk]] if one in over else None,
        )
        for one in proposals
    }


def _together(
    proposal: Proposal, rows: Sequence[Sequence[Any]], remedies: Sequence[Remedy], words: Sequence[Act] | None
) -> Rows:
    """`rows`: who was asked, the objections, the stances; `words`: on bots, where the round has closed."""
    asked, objections, stances = rows
    people = _people(asked, objections)
    for row in (*asked, *objections, *stances):
        row.proposal = proposal
    return Rows(
        asked=asked,
        stances=[one for one in stances if one.replaced_at is None],
        earlier=[one for one in stances if one.replaced_at is not None],
        objections=objections,
        remedies=[one for one in remedies if one.refused_at is None] if objections else [],
        refused=[one for one in remedies if one.refused_at is not None] if objections else [],
        makers=frozenset(one.person_id for one in asked if one.makes),
        gone=frozenset(person.pk for person, one in people if one.gone),
        removed=frozenset(person.pk for person, one in people if one.ousted),
        locked=frozenset(one.raised_by_id for one in objections if one.locked),
        bots=_bots(people, words),
    )


def _by_round(pairs: Iterable[tuple[str, R]]) -> Mapping[str, list[R]]:
    each: dict[str, list[R]] = defaultdict(list)
    for proposal, row in pairs:
        each[proposal].append(row)
    return each


def _of_each(rows: Iterable[Any]) -> Mapping[str, list[Any]]:
    return _by_round((row.proposal_id, row) for row in rows)


def _people(asked: Iterable[Any], objections: Iterable[Any]) -> list[tuple[Any, Any]]:
    return [*((one.person, one) for one in asked), *((one.raised_by, one) for one in objections)]


def _until(proposal: Proposal, moment: datetime, remedies: Sequence[Any], is_late: bool) -> datetime:
    """Whoever leaves after it ended, or will, changes nothing."""
    return min(moment, proposal.ends_after(_waits(remedies)) if is_late else proposal.closes_at)


def _asked(proposals: Sequence[Proposal], until: Mapping[str, datetime]) -> list[Any]:
    made = Party.objects.filter(proposal=OuterRef("proposal"), part__in=MAKES_THE_TEXT, person=OuterRef("person"))
    rows: Any = Eligible.objects.filter(proposal__in=proposals).everywhere(WHY)
    rows = rows.annotate(makes=Exists(made.everywhere(WHY)), until=_each_its_own(until))
    return list(with_people(rows.annotate(**_left(proposals[0], "person")), "person"))


def _objections(proposals: Sequence[Proposal], until: Mapping[str, datetime]) -> list[Any]:
    rows: Any = Objection.objects.filter(proposal__in=proposals).everywhere(WHY)
    rows = rows.annotate(
        locked=Case(When(raised_by__is_active=False, then=True), default=False),
        came_from=F("taken_from__proposal"),
        until=_each_its_own(until),
    )
    rows = rows.annotate(**_left(proposals[0], "raised_by")).order_by("raised_at", "pk")
    return list(with_people(rows, "raised_by", "heard_by", "settled_by"))


def _stances(proposals: Sequence[Proposal]) -> list[Stance]:
    rows = Stance.objects.filter(proposal__in=proposals).everywhere(WHY).order_by("taken_at", "pk")
    return list(with_people(rows, "person", "entered_by"))


def _each_its_own(until: Mapping[str, datetime]) -> Any:
    """Until when whoever left counts: as a column, of the row's own round."""
    moment: Any = DateTimeField()
    last = Value(max(until.values()), moment)
    if len(set(until.values())) == 1:
        return last
    whens = [When(proposal=pk, then=Value(at, moment)) for pk, at in until.items()]
    return Case(*whens, default=last, output_field=moment)


def _waits(remedies: Sequence[Any]) -> list[Wait]:
    """For when a round ended, or will: whoever leaves after that changes nothing."""
    shown = ((one, one.objection.settled_at, one.seen_at) for one in remedies if one.seen_at)
    return [
        Wait(seen_at, one.refused_at, settled_at, one.left_at, one.bot_since, one.locked_since and seen_at)
        for one, settled_at, seen_at in shown
    ]


def _remedies(proposals: Sequence[Proposal]) -> list[Remedy]:
    gone = since("objection__raised_by", "objection__proposal__community", "offered_at")
    rows = Remedy.objects.filter(objection__proposal__in=proposals).everywhere(WHY).annotate(**gone)
    return list(rows.select_related("seen", "offered_by", "objection__proposal").order_by("offered_at", "pk"))


def _left(proposal: Proposal, person: str) -> dict[str, Exists]:
    """Who left, by themselves or removed, and is not back. Who was removed has said what they said."""
    here, until = Membership.objects.filter(community=proposal.community_id).everywhere(WHY), OuterRef("until")
    again = {"person": OuterRef("person"), "joined_at__gt": OuterRef("joined_at"), "joined_at__lte": OuterRef(until)}
    ended = here.filter(person=OuterRef(person), joined_at__lte=until, left_at__lte=until)
    ended = ended.exclude(Exists(here.filter(**again)))
    return {"gone": Exists(ended.filter(removed=False)), "ousted": Exists(ended.filter(removed=True))}


def _words_on_bots(over: Collection[Proposal], asked: Sequence[Any], objections: Sequence[Any]) -> list[Act]:
    """Of rounds that have closed: who was said to be a program, and when."""
    people = {person.pk for person, _one in _people(asked, objections)} if over else set()
    about = {"verb": "person.bot_set", "subject__in": people}
    return list(Act.objects.filter(**about).everywhere(WHY).order_by("happened_at", "id")) if people else []


def _bots(people: Sequence[tuple[Any, Any]], words: Sequence[Act] | None) -> frozenset[str]:
    """Ids of whoever, asked or objecting, is a program; once it is closed, was found to be one before that."""
    here = {person.pk for person, _one in people}
    if words is None:
        return frozenset(person.pk for person, _one in people if person.is_bot)
    last = {act.subject: BotSet.of(act).bot for act in words if act.subject in here}
    return frozenset(person for person, bot in last.items() if bot)
