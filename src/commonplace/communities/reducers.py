"""Memberships and roles, folded from the ledger."""

from commonplace.communities.models import Membership, Role
from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, State, reduces

MEMBER = "member"


def _membership(folded: State, act: Act) -> None:
    if act.verb in ("member.joined", "member.accepted_invitation", "community.opened"):
        folded[f"{act.community} {act.actor}"] = MEMBER
    elif act.verb == "member.added" or (act.verb == "member.answered" and act.evidence["admitted"]):
        folded[f"{act.community} {act.evidence['person']}"] = MEMBER
    elif act.verb == "member.left":
        folded.pop(f"{act.community} {act.actor}", None)


def _memberships() -> State:
    current = Membership.objects.everywhere("check").current().values_list("community", "person")
    return {f"{community} {person}": MEMBER for community, person in current}


def _role(folded: State, act: Act) -> None:
    if act.verb == "community.opened":
        folded[f"{act.community} {act.actor} facilitator"] = "serves"
    elif act.verb == "member.role_granted":
        folded[f"{act.community} {act.evidence['person']} {act.evidence['role']}"] = "serves"
    elif act.verb == "member.role_ended":
        folded.pop(f"{act.community} {act.evidence['person']} {act.evidence['role']}", None)
    elif act.verb == "member.role_handed_over":
        folded.pop(f"{act.community} {act.evidence['person']} {act.evidence['role']}", None)
        folded[f"{act.community} {act.evidence['successor']} {act.evidence['role']}"] = "serves"
    elif act.verb == "member.left":
        _drop_all(folded, f"{act.community} {act.actor} ")


def _drop_all(folded: State, prefix: str) -> None:
    for key in [key for key in folded if key.startswith(prefix)]:
        del folded[key]


def _roles() -> State:
    current = Role.objects.everywhere("check").current().values_list("community", "person", "kind")
    return {f"{community} {person} {kind}": "serves" for community, person, kind in current}


reduces(Reducer("membership", _membership, _memberships))
reduces(Reducer("role", _role, _roles))
