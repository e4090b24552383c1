"""Who may objectify: members write, propose and challenge; a facilitator with no part in it decides, no sponsor."""

from typing import Any

from django.db.models import QuerySet

from commonplace.communities.models import Role, RoleKind
from commonplace.communities.policy import facilitator, is_member, member, serves
from commonplace.ledger.rules import Rule
from commonplace.objectifying.models import Challenge, Credit, Objection, Part, Practice, Proposal, Version


def _speaks(person: Any, proposal: Proposal) -> bool:
    return bool(member.allows(person, proposal)) and not serves(person, proposal.community, RoleKind.SPONSOR)


def _has_no_part(person: Any, proposal: Proposal) -> bool:
    return person.pk not in parties(proposal.version, proposal.opened_by_id, proposal.challenge)


def _decides(person: Any, proposal: Proposal) -> bool:
    return bool(facilitator.allows(person, proposal)) and _has_no_part(person, proposal)


def _settles(person: Any, objection: Objection) -> bool:
    if person.pk == objection.raised_by_id:
        return bool(member.allows(person, objection))
    return _decides(person, objection.proposal)


def _objects(person: Any, proposal: Proposal) -> bool:
    return proposal.objections.standing().filter(raised_by=person.pk).exists()


def _moves(person: Any, proposal: Proposal) -> bool:
    if not member.allows(person, proposal):
        return False
    return (
        person.pk == proposal.opened_by_id
        or serves(person, proposal.community, RoleKind.FACILITATOR)
        or _objects(person, proposal)
    )


def _cares(person: Any, practice: Practice) -> bool:
    """Taking on what nobody cares for needs no leave."""
    if not member.allows(person, practice):
        return False
    return practice.steward_id in (None, person.pk) or serves(person, practice.community, RoleKind.FACILITATOR)


def parties(version: Version, opened_by: str, challenge: Challenge | None = None) -> set[str]:
    """Ids of those who do not decide: authors, who opened the round, who challenged."""
    authors = Credit.objects.filter(practice=version.practice_id, part=Part.AUTHOR).everywhere("who may not decide")
    people = {version.author_id, opened_by, *authors.values_list("person", flat=True)}
    return people | {challenge.raised_by_id} if challenge else people


def deciders(version: Version, opened_by: str, challenge: Challenge | None = None) -> QuerySet[Role]:
    """The facilitators who could decide a round on this version."""
    serving = Role.objects.filter(community=version.practice.community_id, kind=RoleKind.FACILITATOR).current()
    return serving.exclude(person__in=parties(version, opened_by, challenge)).everywhere("somebody must decide")


speaker = Rule("members of the community who do not sponsor it", _speaks)
decider = Rule("a facilitator who neither wrote nor opened what is decided", _decides)
settler = Rule("who raised the objection, or a facilitator who neither wrote nor opened what is decided", _settles)
mover = Rule("who opened the round, or who objects in it, or facilitators of the community", _moves)
carer = Rule("facilitators of the community, or the steward, or a member while it has none", _cares)

__all__ = [
    "carer",
    "decider",
    "deciders",
    "facilitator",
    "is_member",
    "member",
    "mover",
    "parties",
    "settler",
    "speaker",
]
