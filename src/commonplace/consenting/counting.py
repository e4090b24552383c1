"""A round, read from its rows, as the rule sees it now; one that was decided, as it was then."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from commonplace.communities.models import Role, RoleKind
from commonplace.consenting.kinds import Stand
from commonplace.consenting.models import Objection, Party, Proposal, Stance
from commonplace.consenting.rows import Rows, rows_of
from commonplace.consenting.rule import Against, Ending, Round, Tally, Voice, ending, tally
from commonplace.ledger import clock
from commonplace.ledger.once import once

MAY_RETURN = "somebody may return it"


def round_of(proposal: Proposal) -> Round:
    return once(("round", proposal.pk), lambda: as_round(proposal, rows_of(proposal)))


def tally_of(proposal: Proposal) -> Tally:
    return tally(round_of(proposal))


def ending_of(proposal: Proposal) -> Ending:
    """What the rule leaves now, and to whom."""
    return once(("ending", proposal.pk), lambda: _ending(proposal))


def _ending(proposal: Proposal) -> Ending:
    asked, now = round_of(proposal), clock.now()
    is_due = now >= asked.closes_at
    return ending(
        asked,
        now,
        somebody_decides=is_due and somebody_decides(proposal),
        decision_days=settings.DECISION_DAYS,
    )


def as_round(proposal: Proposal, rows: Rows, overtaken: bool | None = None) -> Round:
    """`overtaken`: where it is known, or not said; else its matter is asked."""
    own = {stance.person_id: stance for stance in rows.stances if stance.entered_by_id is None}
    return Round(
        quorum=proposal.quorum,
        units_needed=proposal.units_needed,
        closes_at=proposal.ends_after(rows.waits),
        voices=tuple(_voices(proposal, rows, own)),
        against=tuple(against(proposal, rows).values()),
        hidden=proposal.hidden,
        moved=proposal.amended > 0,
        overtaken=proposal.is_open and proposal.kind.overtaken(proposal) if overtaken is None else overtaken,
    )


def _voices(proposal: Proposal, rows: Rows, own: dict[str, Stance]) -> Iterable[Voice]:
    for one in rows.asked:
        stance = own.get(one.person_id)
        yield Voice(
            person=one.person_id,
            unit=one.unit,
            has_part=one.person_id in rows.makers,
            is_gone=one.person_id in rows.gone | rows.bots,
            stance=Stand(stance.stance) if stance else None,
            is_carried=bool(stance and stance.number < proposal.number),
        )


def against(proposal: Proposal, rows: Rows) -> dict[str, Against]:
    """By its id, each objection that nobody has settled."""
    until = proposal.decided_at or clock.now()
    held = {one.objection_id for one in rows.remedies if one.has_met_it(until)}
    return {
        one.pk: Against(
            raiser=one.raised_by_id,
            is_left=one.raised_by_id in rows.gone | rows.bots and not _is_of_who_was_removed(one, rows),
            is_repeated=one.repeated and not _is_shared(one, rows),
            is_answered=one.pk in held and one.raised_by_id not in rows.away,
        )
        for one in rows.objections
        if one.is_standing
    }


def _is_of_who_was_removed(objection: Objection, rows: Rows) -> bool:
    """Whoever took it up has left: it stands as it did before."""
    by_id = {one.pk: one for one in rows.objections}
    before = by_id.get(objection.taken_from_id or "")
    while before is not None and before.raised_by_id not in rows.removed:
        before = by_id.get(before.taken_from_id or "")
    return before is not None


def _is_shared(objection: Objection, rows: Rows) -> bool:
    """Another of those asked, who is here, objects on the same ground."""
    asked = {one.person_id for one in rows.asked} - {objection.raised_by_id} - rows.gone - rows.bots
    same = (one for one in rows.objections if one.is_standing and one.ground == objection.ground)
    return any(one.raised_by_id in asked and not one.for_another for one in same)


def somebody_decides(proposal: Proposal) -> bool:
    """Is there a facilitator, no sponsor, without a part in it? A page has read it with the round."""
    known = vars(proposal).get("has_returner")
    if known is not None:
        return bool(known)
    this = Proposal.objects.filter(pk=proposal.pk).everywhere(MAY_RETURN)
    return this.filter(Exists(returners())).exists()


def returners() -> Any:
    """Facilitators, no sponsors, without a part in the round."""
    about: dict[str, Any] = {"proposal": OuterRef(OuterRef("pk"))}
    here = Role.objects.filter(community=OuterRef(OuterRef("community")), person=OuterRef("person")).current()
    sponsors = here.filter(kind=RoleKind.SPONSOR).everywhere(MAY_RETURN)
    parties = Party.objects.filter(**about, person=OuterRef("person")).everywhere(MAY_RETURN)
    against = Objection.objects.filter(**about, raised_by=OuterRef("person")).everywhere(MAY_RETURN)
    serving = Role.objects.filter(community=OuterRef("community"), kind=RoleKind.FACILITATOR).able()
    return serving.everywhere(MAY_RETURN).exclude(Exists(sponsors)).exclude(Exists(parties)).exclude(Exists(against))
