"""Who may do what: one sentence and one condition each, asked by every act and shown in the documents."""

from typing import Any

from commonplace.communities.models import Community, Person, RoleKind, footing
from commonplace.communities.models.footing import Footing, on_footing
from commonplace.ledger.rules import EVERY, Condition, Rule, about, names


def is_member(person: Any, community: Community) -> bool:
    return footing(person, community).is_member


def serves(person: Any, community: Community, *kinds: RoleKind) -> bool:
    return footing(person, community).serves_as(*kinds)


def stands_in(person: Any, community: Community) -> bool:
    """For a facilitator who is away."""
    return footing(person, community).stands_in


def may_read(person: Any, community: Community) -> bool:
    return footing(person, community).may_read


def belongs(one: Footing) -> bool:
    return one.is_member


def _serves_as(kind: RoleKind) -> Condition[Any, Any]:
    return active & on_footing(lambda one: one.serves_as(kind))


def _operates(person: Any) -> bool:
    """Nobody does who is not signed in."""
    return bool(person.is_authenticated and person.is_operator)


active: Condition[Any, Any] = about(lambda person: bool(person.is_authenticated and person.is_active))
anything: Condition[Any, Any] = Condition(lambda person, target: True, lambda person, model: EVERY)
is_in: Condition[Any, Any] = active & on_footing(belongs)
no_bot: Condition[Any, Any] = about(lambda person: bool(person.is_authenticated and not person.is_bot))

anyone: Rule[Any, Any] = Rule("anyone who is signed in", active)
operator: Rule[Any, Any] = Rule("the operator", active & about(_operates))
member: Rule[Any, Any] = Rule("members of the community", is_in)
speaker: Rule[Any, Any] = Rule("members of the community, no bots", is_in & no_bot)
facilitator: Rule[Any, Any] = Rule("facilitators of the community", _serves_as(RoleKind.FACILITATOR))
by_role: Rule[Any, Any] = Rule(
    "facilitators of the community, nobody who stands in", active & on_footing(lambda one: one.facilitates)
)
sponsor: Rule[Any, Any] = Rule("sponsors of the community", _serves_as(RoleKind.SPONSOR))
themselves: Rule[Any, Person] = Rule("the person concerned", active & names("pk"))
whose_it_is: Rule[Any, Any] = Rule("the person whose it is", active & names("person"))
someone_with_a_way_in: Rule[Any, Any] = Rule("someone with a way in", about(lambda person: bool(person.is_active)))
readers: Rule[Any, Any] = Rule("those who may see the community", active & on_footing(lambda one: one.may_see))
archivist = facilitator | operator
