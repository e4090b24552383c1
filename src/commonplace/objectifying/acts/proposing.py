"""T6, T14: a round opens with its rule fixed. T7: it moves to a newer version, and everyone is asked again."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import Amended, ProposalOpened
from commonplace.objectifying.minimum import must_have_its_minimum
from commonplace.objectifying.models import Agreement, Practice, Proposal, Version
from commonplace.objectifying.possible import must_be_open, must_be_possible
from commonplace.objectifying.status import SETTLEMENTS, Kind, Outcome
from commonplace.objectifying.terms import Terms, deadline, terms


def _can_be_opened(actor: Person, practice: Practice, *, proposal: Proposal) -> None:
    kind = _kind(proposal)
    must_be_possible("proposal.opened", practice, kind)
    if practice.proposals.open().exists():
        raise NotPossible(_("Another round on this practice is open. One is decided before the next."))
    if kind == Kind.SETTLEMENT:
        _must_answer_a_challenge(practice, proposal)
    else:
        _must_be_ready(practice, proposal)
    if not policy.deciders(proposal.version, actor.pk, proposal.challenge).exists():
        raise NotPossible(
            _("Nobody could decide this round: it takes a facilitator who neither wrote nor opened it. Find one first.")
        )
    _must_have_enough_people(terms(practice.community))


@act("proposal.opened", who=policy.member, evidence=ProposalOpened, guard=_can_be_opened)
def propose(actor: Person, practice: Practice, *, proposal: Proposal) -> Written[Proposal]:
    """Who: any member. Guard: its minimum evidence (or a challenge), enough people, somebody to decide. Effect: a round opens.

    T6 asks for "member and facilitator": the member opens the round; a facilitator who neither wrote nor opened it must be
    there to decide it. `proposal` brings version, aim, scope, review date; for a settlement challenge and proposed outcome.
    """
    fixed, proposal.kind = terms(practice.community), _kind(proposal)
    proposal.practice, proposal.opened_by = practice, actor
    proposal.proposed_outcome = proposal.proposed_outcome or Outcome.ACCEPTED
    proposal.eligible, proposal.quorum, proposal.units_needed = fixed.eligible, fixed.quorum, fixed.units_needed
    proposal.days, proposal.closes_at = fixed.days, fixed.closes_at
    proposal.review_on = proposal.review_on or fixed.review_on
    proposal.save(force_insert=True)
    rule = {"quorum": fixed.quorum, "eligible": fixed.eligible, "units_needed": fixed.units_needed, "days": fixed.days}
    return Written(proposal, ProposalOpened(matter=Kind(proposal.kind), number=proposal.version.number, **rule))


def can_be_amended(actor: Person, proposal: Proposal, *, version: Version) -> None:
    must_be_open(proposal)
    if proposal.kind != Kind.ACCEPTANCE:
        raise NotPossible(
            _("This round is about a challenge, not about a text. Return it and propose another outcome.")
        )
    if (
        version.practice_id != proposal.practice_id
        or version.number <= proposal.version.number
        or not version.is_complete
    ):
        raise NotPossible(_("A round moves to a newer version that has context, how, why and limits."))
    if not policy.deciders(version, proposal.opened_by_id).exists():
        raise NotPossible(_("Nobody could decide on this version: it takes a facilitator who did not write it."))


@act("proposal.amended", who=policy.mover, evidence=Amended, guard=can_be_amended, of=("proposal.objection_resolved",))
def amend(actor: Person, proposal: Proposal, *, version: Version) -> Written[Proposal]:
    """Who: who opened it, who objects, facilitators. Guard: a newer complete version. Effect: everyone is asked again.

    Stances on the old version become history, and people have as many days as at the opening; quorum and units stay.
    """
    return Written(moved_to(proposal, version), Amended(number=version.number))


def moved_to(proposal: Proposal, version: Version) -> Proposal:
    proposal.version, proposal.closes_at = version, deadline(proposal.community, proposal.days)
    proposal.save(update_fields=["version", "closes_at"])
    proposal.stances.current().update(replaced_at=clock.now())
    return proposal


def _kind(proposal: Proposal) -> Kind:
    return Kind.SETTLEMENT if proposal.challenge_id else Kind.ACCEPTANCE


def _must_answer_a_challenge(practice: Practice, proposal: Proposal) -> None:
    if not practice.challenges.open().filter(pk=proposal.challenge_id).exists():
        raise NotPossible(_("This challenge is settled already."))
    if proposal.proposed_outcome not in SETTLEMENTS:
        raise NotPossible(_("Say what should become of the practice."))
    held = Agreement.objects.filter(practice=practice).in_force().everywhere("guard")
    if not held.filter(version=proposal.version).exists():
        raise NotPossible(_("A challenge is about the version that is agreed on."))


def _must_be_ready(practice: Practice, proposal: Proposal) -> None:
    version = proposal.version
    if version.practice_id != practice.pk or not version.is_complete:
        raise NotPossible(_("Propose a version of this practice that has context, how, why and limits."))
    if practice.versions.filter(number__gt=version.number).exists():
        raise NotPossible(_("There is a newer version. Propose that one."))
    if version.proposals.filter(outcome__in=[Outcome.ACCEPTED, Outcome.NOT_ACCEPTED]).exists():
        raise NotPossible(_("This version has been decided on. Write a new one first."))
    if proposal.review_on and proposal.review_on <= clock.now().date():
        raise NotPossible(_("The review lies in the future."))
    must_have_its_minimum(practice)


def _must_have_enough_people(fixed: Terms) -> None:
    if fixed.quorum > fixed.eligible:
        raise NotPossible(
            _(
                "This round would need %(quorum)s who consent, and only %(eligible)s may speak. "
                "A community this small may set its own quorum in its charter."
            )
            % {"quorum": fixed.quorum, "eligible": fixed.eligible}
        )
