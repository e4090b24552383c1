"""T7: where people stand in a round, said by themselves, or written down for them until they confirm it."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.acts.objecting import object_to, settled_by_speaking
from commonplace.consenting.evidence import StanceTaken
from commonplace.consenting.guards import must_be_asked, must_be_in_time, must_be_of_this_text, must_have_words
from commonplace.consenting.kinds import Ground, PartIn, Stand
from commonplace.consenting.models import Proposal, Stance
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible

LAST_FIRST = (F("replaced_at").desc(nulls_first=True), "-taken_at", "-pk")


def _can_be_taken(
    actor: Person,
    proposal: Proposal,
    *,
    stance: Stand,
    reason: str = "",
    ground: Ground | None = None,
    number: int | None = None,
    person: Person | None = None,
) -> None:
    whose = person or actor
    must_be_in_time(proposal)
    must_be_asked(whose, proposal)
    must_fit(Stance(reason=reason), "reason")
    must_be_of_this_text(proposal, number)
    if stance == Stand.CONCERN:
        must_have_words(reason, _("Say your concern: it is kept for the review."))
    if stance == Stand.OBJECT:
        must_have_words(reason, _("An objection needs its reason: what harm would it do?"))
        if ground is None and whose == actor:
            raise NotPossible(_("Say on which ground you object."), "ground")
    before = proposal.stances.current().filter(person=whose.pk).first()
    if whose != actor:
        _must_be_silent(before)
    elif before and _is_the_same(before, proposal, stance, reason):
        raise NotPossible(_("You have said so already."))


def _any_stance(actor: Person, proposal: Proposal) -> dict[str, Any]:
    return {"stance": Stand.CONSENT, "reason": ANYTHING}


@act("proposal.stance", who=policy.speaker, evidence=StanceTaken, guard=_can_be_taken, supposing=_any_stance)
def take_stance(
    actor: Person,
    proposal: Proposal,
    *,
    stance: Stand,
    reason: str = "",
    ground: Ground | None = None,
    number: int | None = None,
    person: Person | None = None,
) -> Written[Stance]:
    """Who: a member, no bot. Guard: asked at the opening; in time, on the text as it is now; reasons given. For another
    `person`: asked, and has said nothing themselves. Effect: it replaces their last one; what was entered for somebody
    counts when they say the same.

    Objecting raises an objection on a `ground`; any other stance settles one's own: met by the change if the text has
    changed since, else withdrawn. `number`: of the text that the person had before them.
    """
    whose = person or actor
    before = proposal.stances.filter(person=whose.pk, entered_by=None).order_by(*LAST_FIRST).first()
    proposal.stances.current().filter(person=whose.pk).update(replaced_at=clock.now())
    entered_by = actor if whose != actor else None
    row = proposal.stances.create(
        number=proposal.number, person=whose, stance=stance, reason=reason, entered_by=entered_by
    )
    if entered_by:
        also = []
    elif stance == Stand.OBJECT:
        also = object_to(proposal, actor, ground or Ground.UNCLEAR, reason)
    else:
        also = settled_by_speaking(actor, proposal)
    return Written(row, _taken(row, before), also=also)


def _must_be_silent(before: Stance | None) -> None:
    if before and before.entered_by_id is None:
        raise NotPossible(_("%(name)s has spoken already.") % {"name": before.person.known_as})


def _is_the_same(before: Stance, proposal: Proposal, stance: Stand, reason: str) -> bool:
    """Confirming what another entered, or saying it again of a newer text, is something new."""
    own = before.entered_by_id is None and before.number == proposal.number
    return own and before.stance == stance and before.reason == reason


def _taken(row: Stance, before: Stance | None) -> StanceTaken:
    wrote = row.proposal.parties.filter(person=row.person_id, part=PartIn.WROTE)
    return StanceTaken(
        proposal=row.proposal_id,
        person=row.person_id,
        number=row.number,
        stance=Stand(row.stance),
        before=Stand(before.stance) if before else None,
        by_author=wrote.exists(),
        entered_by_other=row.entered_by_id is not None,
    )
