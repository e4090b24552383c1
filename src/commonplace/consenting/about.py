"""Rounds that are about a person: a recall, a removal. Whom one is about was fixed when it opened."""

from typing import Any

from commonplace.communities.barring import Recall
from commonplace.communities.models import Community, Person, Role, RoleKind
from commonplace.consenting.kinds import Kind, Outcome, PartIn
from commonplace.consenting.models import Proposal
from commonplace.consenting.models.proposal import ProposalQuerySet

WHY = "a round is about them"


def rounds_about(person: Any, community: Community, *kinds: Kind) -> ProposalQuerySet:
    about = {"parties__person": person.pk, "parties__part": PartIn.CONCERNED}
    return Proposal.objects.on(community, *kinds).filter(**about)


def recall_of(person: Person, community: Community) -> Recall:
    """What a round says on whether they facilitate: one that is open, else the last that was accepted."""
    rounds = rounds_about(person, community, Kind.RECALL).everywhere(WHY)
    if rounds.filter(decided_at=None).exists():
        return Recall.OPEN
    last = rounds.filter(outcome=Outcome.ACCEPTED).order_by("-decided_at").first()
    if last is None:
        return Recall.NONE
    since = Role.objects.filter(community=community, person=person, kind=RoleKind.FACILITATOR)
    return Recall.NONE if since.filter(granted_at__gt=last.decided_at).everywhere(WHY).exists() else Recall.ACCEPTED


def somebody_goes_between(community: Community, concerned: str) -> bool:
    """Is there a facilitator, no sponsor, whom it is not about?"""
    roles = Role.objects.filter(community=community).everywhere(WHY)
    sponsors = roles.filter(kind=RoleKind.SPONSOR).current().values("person")
    serving = roles.filter(kind=RoleKind.FACILITATOR).able()
    return serving.exclude(person=concerned).exclude(person__in=sponsors).exists()
