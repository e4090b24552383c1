"""Whose turn each objection is, and what its reader can do about it."""

from dataclasses import dataclass
from enum import StrEnum

from commonplace.consenting.acts.objecting import WHOSE
from commonplace.consenting.counting import against
from commonplace.consenting.models import Objection, Proposal, Remedy
from commonplace.consenting.presenting.reader import Reader
from commonplace.consenting.rows import Rows, parts_in
from commonplace.ledger import clock


class Waits(StrEnum):
    """For whom. `REMOVED`: it stands, and who raised it can say no more, so anybody asked may take it up.
    `UNSEEN`: its raiser has not opened yet what is said to meet it; `ANSWERED`: they may say no, until
    the days are over; `MET`: these are over. `SHARED`: for anybody asked who shares it. `CHANGED`: its raiser says
    whether the newer text meets it. `CARRIED`: whether it still stands, as in the round before. `WRITTEN`: for a text
    that meets it. `NOBODY`: it is settled, or the round over.
    """

    UNSEEN = "unseen"
    ANSWERED = "answered"
    MET = "met"
    SHARED = "shared"
    REMOVED = "removed"
    CHANGED = "changed"
    CARRIED = "carried"
    WRITTEN = "written"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Turn:
    """`remedy`: what a facilitator says meets it, unless its raiser said no; `refused`: they did, to this text.
    `may_restate`: whoever opened the round, wrote its text or was asked."""

    objection: Objection
    waits: Waits
    remedy: Remedy | None
    refused: bool
    is_mine: bool
    may_settle: bool
    may_keep: bool
    may_answer: bool
    may_take_up: bool
    may_write: bool
    may_restate: bool
    may_confirm: bool

    @property
    def has_changed(self) -> bool:
        return self.objection.proposal.number > self.objection.raised_on

    @property
    def is_my_turn(self) -> bool:
        answers = self.waits in (Waits.UNSEEN, Waits.ANSWERED, Waits.CHANGED, Waits.CARRIED)
        return (self.may_settle and answers) or (self.may_take_up and self.waits in (Waits.SHARED, Waits.REMOVED))


def turns(proposal: Proposal, rows: Rows, reader: Reader) -> list[Turn]:
    offered = {one.objection_id: one for one in rows.remedies}
    refused = {one.pk for one in rows.objections if one.kept_on == proposal.number}
    waiting = _waiting(proposal, rows)
    own = any(_is_own(one, reader) for one in rows.objections) or (bool(waiting) and _is_whose(reader, proposal))
    each = ((one, None if one.raised_by_id in rows.away else offered.get(one.pk)) for one in rows.objections)
    return [_turn(one, remedy, one.pk in refused, waiting.get(one.pk), rows, reader, own) for one, remedy in each]


def _waiting(proposal: Proposal, rows: Rows) -> dict[str, Waits]:
    """Those that somebody may take up, by their id."""
    each = against(proposal, rows)
    lost = {pk: Waits.REMOVED for pk, one in each.items() if one.raiser in rows.away}
    return lost | {pk: Waits.SHARED for pk, one in each.items() if one.waits}


def _is_whose(reader: Reader, proposal: Proposal) -> bool:
    """Whose text or round it is takes up nothing that is said against it."""
    return any((reader.person.pk, part) in parts_in(proposal) for part in WHOSE)


def _turn(
    one: Objection, remedy: Remedy | None, refused: bool, shared: Waits | None, rows: Rows, reader: Reader, own: bool
) -> Turn:
    proposal, is_mine = one.proposal, one.raised_by_id == reader.person.pk
    acts, is_here = one.is_standing and reader.in_time, one.raised_by_id not in rows.away
    changed = proposal.number > one.raised_on
    return Turn(
        objection=one,
        waits=_waits(one, remedy, shared, reader.in_time) if proposal.is_open else Waits.NOBODY,
        remedy=remedy,
        refused=refused,
        is_mine=is_mine,
        may_settle=acts and is_mine and reader.is_member,
        may_keep=acts and is_mine and reader.is_member and (remedy is not None or one.is_asked_about),
        may_answer=acts and reader.is_neutral and changed and remedy is None and not refused and is_here,
        may_take_up=acts and reader.is_asked and reader.is_member and bool(shared) and not is_mine and not own,
        may_write=acts and reader.speaks and bool(proposal.kind.newest),
        may_restate=acts and reader.speaks and not is_mine and one.understood_at is None,
        may_confirm=acts and is_mine and reader.is_member and one.heard_at is not None and one.understood_at is None,
    )


def _waits(one: Objection, remedy: Remedy | None, shared: Waits | None, in_time: bool) -> Waits:
    met = one.is_standing and remedy is not None and _of_remedy(remedy) == Waits.MET
    if not one.is_standing or not in_time:
        return Waits.MET if met else Waits.NOBODY
    if remedy is not None:
        return _of_remedy(remedy)
    if shared:
        return shared
    if not one.is_asked_about:
        return Waits.WRITTEN
    return Waits.CHANGED if one.proposal.number > one.raised_on else Waits.CARRIED


def _of_remedy(remedy: Remedy) -> Waits:
    if remedy.holds_at is None:
        return Waits.UNSEEN
    return Waits.MET if remedy.holds_at <= clock.now() else Waits.ANSWERED


def _is_own(one: Objection, reader: Reader) -> bool:
    return one.is_standing and one.raised_by_id == reader.person.pk and not one.for_another


def unseen(rows: Rows, person: str) -> list[Remedy]:
    """What waits for this person, who raised the objection, and was never opened."""
    mine = {one.pk for one in rows.objections if one.is_standing and one.raised_by_id == person}
    return [one for one in rows.remedies if one.objection_id in mine and one.seen_at is None]
