"""Memberships and roles, folded from the ledger."""

from commonplace.communities.models import Membership, Role
from commonplace.ledger.models import Act
from commonplace.ledger.replay import Reducer, State, reduces

MEMBER = "member"


def _membership(state: State, act: Act) -> None:
    if act.verb in ("member.joined", "member.accepted_invitation", "community.opened"):
        state[f"{act.community} {act.actor}"] = MEMBER
    elif act.verb == "member.added" or (act.verb == "member.answered" and act.evidence["admitted"]):
        state[f"{act.community} {act.evidence['person']}"] = MEMBER
    elif act.verb == "member.left":
        state.pop(f"{act.community} {act.actor}", None)


def _memberships() -> State:
    current = Membership.objects.everywhere("check").current().values_list("community", "person")
    return {f"{community} {person}": MEMBER for community, person in current}


def _role(state: State, act: Act) -> None:
    if act.verb == "community.opened":
        state[f"{act.community} {act.actor} facilitator"] = "serves"
    elif act.verb == "member.role_granted":
        state[f"{act.community} {act.evidence['person']} {act.evidence['role']}"] = "serves"
    elif act.verb == "member.role_ended":
        state.pop(f"{act.community} {act.evidence['person']} {act.evidence['role']}", None)
    elif act.verb == "member.role_handed_over":
        state.pop(f"{act.community} {act.evidence['person']} {act.evidence['role']}", None)
        state[f"{act.community} {act.evidence['successor']} {act.evidence['role']}"] = "serves"
    elif act.verb == "member.left":
        _drop_all(state, f"{act.community} {act.actor} ")


def _drop_all(state: State, prefix: str) -> None:
    for key in [key for key in state if key.startswith(prefix)]:
        del state[key]


def _roles() -> State:
    current = Role.objects.everywhere("check").current().values_list("community", "person", "kind")
    return {f"{community} {person} {kind}": "serves" for community, person, kind in current}


reduces(Reducer("membership", _membership, _memberships))
reduces(Reducer("role", _role, _roles))
