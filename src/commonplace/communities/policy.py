"""Who may do what: one sentence and one test each, asked by every act. The docs' permission table is made of these."""

from typing import Any

from commonplace.communities.footing import footing
from commonplace.communities.models import Community, Person, RoleKind
from commonplace.ledger.rules import Rule


def is_member(person: Any, community: Community) -> bool:
    return footing(person, community).is_member


def serves(person: Any, community: Community, *kinds: RoleKind) -> bool:
    return footing(person, community).serves_as(*kinds)


def may_read(person: Any, community: Community) -> bool:
    return footing(person, community).may_read


def _community(target: Any) -> Community:
    return target if isinstance(target, Community) else target.community


def _role(who: str, kind: RoleKind) -> Rule:
    return Rule(who, lambda person, target: person.is_active and serves(person, _community(target), kind))


anyone = Rule("anyone who is signed in", lambda person, _: bool(person.is_authenticated and person.is_active))
operator = Rule("the operator", lambda person, _: bool(person.is_active and person.is_operator))
member = Rule(
    "members of the community", lambda person, target: person.is_active and is_member(person, _community(target))
)
facilitator = _role("facilitators of the community", RoleKind.FACILITATOR)
sponsor = _role("sponsors of the community", RoleKind.SPONSOR)
themselves = Rule(
    "the person concerned",
    lambda person, target: bool(person.is_active and isinstance(target, Person) and target.pk == person.pk),
)
whose_it_is = Rule(
    "the person whose it is", lambda person, target: bool(person.is_active and target.person_id == person.pk)
)
someone_with_a_way_in = Rule("someone with a way in", lambda person, target: bool(person.is_active))
readers = Rule(
    "those who may see the community",
    lambda person, target: (
        person.is_active and Community.objects.visible_to(person).filter(pk=_community(target).pk).exists()
    ),
)
