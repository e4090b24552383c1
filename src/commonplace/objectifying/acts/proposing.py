"""T6, T14: a round opens with its rule fixed."""

from datetime import date

from django.utils.translation import gettext as _

from commonplace.communities.decision_rule import must_be_within_reach
from commonplace.communities.models import Community, Person
from commonplace.communities.ways import Way
from commonplace.communities.wording import must_fit
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import ProposalOpened
from commonplace.objectifying.minimum import must_have_its_minimum
from commonplace.objectifying.models import Practice, Proposal, Version
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.status import SETTLEMENTS, Matter, Outcome
from commonplace.objectifying.terms import Terms, closing_day, terms


def _can_be_opened(actor: Person, practice: Practice, *, proposal: Proposal) -> None:
    matter = _matter(proposal)
    must_fit(proposal, "aim", "scope")
    must_be_possible("proposal.opened", practice, matter)
    if practice.proposals.open().exists():
        raise NotPossible(_("Another round on this practice is open. One is decided before the next."))
    version = _version(practice, proposal)
    if matter == Matter.SETTLEMENT:
        _must_answer_a_challenge(practice, version, proposal)
    else:
        _must_be_ready(practice, version)
    _must_be_reviewed_later(practice.community, proposal.review_on)
    if not policy.deciders(version, actor.pk, proposal.challenge).exists():
        raise NotPossible(
            _(
                "Nobody could decide this round: it takes a facilitator, no sponsor, who neither wrote nor opened it. "
                "Find one first."
            ),
            way=Way.ROLES,
        )
    fixed = terms(practice.community)
    must_be_within_reach(fixed.quorum, fixed.eligible)


def _the_newest(actor: Person, practice: Practice) -> dict[str, Proposal]:
    return {"proposal": Proposal(version=practice.newest_version)}


@act("proposal.opened", who=policy.member, evidence=ProposalOpened, guard=_can_be_opened, supposing=_the_newest)
def propose(actor: Person, practice: Practice, *, proposal: Proposal) -> Written[Proposal]:
    """Who: any member. Guard: its minimum evidence (or a challenge), enough people, somebody to decide.
    Effect: a round opens.

    T6 asks for "member and facilitator": the member opens the round; a facilitator who neither wrote nor opened it must
    be there to decide it. Of `proposal` version, aim, scope and review date are taken; for a settlement challenge and
    proposed outcome.
    """
    fixed, matter = terms(practice.community), _matter(proposal)
    row = practice.proposals.create(
        version=_version(practice, proposal),
        matter=matter,
        challenge_id=proposal.challenge_id,
        proposed_outcome=proposal.proposed_outcome if matter == Matter.SETTLEMENT else Outcome.ACCEPTED,
        aim=proposal.aim,
        scope=proposal.scope,
        eligible=fixed.eligible,
        quorum=fixed.quorum,
        units_needed=fixed.units_needed,
        days=fixed.days,
        review_on=proposal.review_on or fixed.review_on,
        opened_by=actor,
        closes_at=fixed.closes_at,
    )
    return Written(row, _opened(row, fixed))


def _matter(proposal: Proposal) -> Matter:
    return Matter.SETTLEMENT if proposal.challenge_id else Matter.ACCEPTANCE


def _version(practice: Practice, proposal: Proposal) -> Version:
    """As the practice has it, whatever was handed over."""
    version = practice.versions.filter(pk=proposal.version_id).first()
    if version is None or not version.is_complete:
        raise NotPossible(_("Propose a version of this practice that has when, how, why and limits."))
    return version


def _must_answer_a_challenge(practice: Practice, version: Version, proposal: Proposal) -> None:
    if not practice.challenges.open().filter(pk=proposal.challenge_id).exists():
        raise NotPossible(_("This challenge is settled already."))
    if proposal.proposed_outcome not in SETTLEMENTS:
        raise NotPossible(_("Say what should become of the practice."))
    if not practice.agreements.in_force().filter(version=version).exists():
        raise NotPossible(_("A challenge is about the version that is agreed on."))


def _must_be_ready(practice: Practice, version: Version) -> None:
    if version != practice.newest_version:
        raise NotPossible(_("There is a newer version. Propose that one."))
    if version.proposals.filter(outcome__in=[Outcome.ACCEPTED, Outcome.NOT_ACCEPTED]).exists():
        raise NotPossible(_("This version has been decided on. Write a new one first."))
    must_have_its_minimum(practice)


def _must_be_reviewed_later(community: Community, review_on: date | None) -> None:
    if review_on and review_on <= clock.now().astimezone(community.zone).date():
        raise NotPossible(_("The review lies in the future."))


def _opened(proposal: Proposal, fixed: Terms) -> ProposalOpened:
    return ProposalOpened(
        matter=Matter(proposal.matter),
        challenge=proposal.challenge_id or "",
        proposed_outcome=Outcome(proposal.proposed_outcome),
        number=proposal.version.number,
        quorum=fixed.quorum,
        eligible=fixed.eligible,
        eligible_units=fixed.eligible_units,
        units_needed=fixed.units_needed,
        days=fixed.days,
        closes_on=closing_day(fixed.closes_at),
        review_on=proposal.review_on.isoformat(),
    )
