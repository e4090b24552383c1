"""T7: a round moves to a newer version, and everyone is asked again."""

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.ways import Way
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import Amended
from commonplace.objectifying.models import Proposal, Version
from commonplace.objectifying.possible import must_be_open
from commonplace.objectifying.status import Matter
from commonplace.objectifying.terms import closing_day, deadline


def can_be_amended(actor: Person, proposal: Proposal, *, version: Version) -> None:
    must_be_open(proposal)
    if proposal.matter != Matter.ACCEPTANCE:
        raise NotPossible(
            _("This round is about a challenge, not about a text. Return it and propose another outcome.")
        )
    of_another = version.practice_id != proposal.practice_id
    if of_another or version.number <= proposal.version.number or not version.is_complete:
        raise NotPossible(_("A round moves to a newer version that has when, how, why and limits."))
    if not policy.deciders(version, proposal.opened_by_id).exists():
        raise NotPossible(
            _("Nobody could decide on this version: it takes a facilitator who did not write it."), way=Way.ROLES
        )


def _to_the_newest(actor: Person, proposal: Proposal) -> dict[str, Version]:
    return {"version": proposal.practice.newest_version}


@act(
    "proposal.amended",
    who=policy.mover,
    evidence=Amended,
    guard=can_be_amended,
    supposing=_to_the_newest,
    of=("proposal.objection_resolved",),
)
def amend(actor: Person, proposal: Proposal, *, version: Version) -> Written[Proposal]:
    """Who: who opened it, who objects, facilitators. Guard: a newer complete version. Effect: everyone is asked again.

    Stances on the old version become history, and people have as many days as at the opening; quorum and units stay.
    """
    return Written(proposal, moved_to(proposal, version))


def moved_to(proposal: Proposal, version: Version) -> Amended:
    changed = version.parts_changed_from(proposal.version)
    proposal.version, proposal.closes_at = version, deadline(proposal.community, proposal.days)
    proposal.save(update_fields=["version", "closes_at"])
    proposal.stances.current().update(replaced_at=clock.now())
    return Amended(number=version.number, parts=changed, closes_on=closing_day(proposal.closes_at))
