"""Serving the community: granting, handing over and ending a role."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.barring import Recall, recall_of
from commonplace.communities.evidence import RoleGranted, RoleHandedOver, RoleHeld
from commonplace.communities.models import Community, Person, Role, RoleKind
from commonplace.communities.ways import Way
from commonplace.communities.zones import today
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.rules import Rule, names


def fits(actor: Person, community: Community, *, person: Person, kind: RoleKind) -> None:
    if person.is_unclaimed or not person.is_active:
        raise NotPossible(_("%(name)s cannot come in, so cannot serve.") % {"name": person.known_as})
    if person.is_bot:
        raise NotPossible(_("%(name)s is a bot, so cannot serve.") % {"name": person.known_as})
    if community.roles.filter(person=person, kind=kind).current().exists():
        raise NotPossible(_("%(name)s has this role already.") % {"name": person.known_as})
    if kind != RoleKind.SPONSOR and not policy.is_member(person, community):
        raise NotPossible(
            _("%(name)s is not a member; only a sponsor may serve from outside.") % {"name": person.known_as}
        )
    if kind == RoleKind.FACILITATOR and recall_of(person, community) == Recall.OPEN:
        raise NotPossible(_("A round on the recall of %(name)s is open: it says first.") % {"name": person.known_as})


def is_their_own(actor: Person, community: Community) -> None:
    """Of whoever stands in nobody knows when they were chosen to serve: nobody did."""
    if policy.stands_in(actor, community):
        raise NotPossible(_("You stand in for a facilitator. Roles are given and ended by whoever holds one."))


def _may_give(actor: Person, community: Community, *, person: Person, kind: RoleKind) -> None:
    is_their_own(actor, community)
    fits(actor, community, person=person, kind=kind)


def _community_and_person(actor: Person, community: Community, *, person: Person, kind: RoleKind) -> Iterable[Any]:
    """Who is to serve does not become a bot meanwhile."""
    return community, person


@act(
    "role.granted",
    who=policy.facilitator,
    evidence=RoleGranted,
    guard=_may_give,
    locks=_community_and_person,
    of=("proposal.decided", "member.invitation_accepted"),
)
def grant_role(actor: Person, community: Community, *, person: Person, kind: RoleKind) -> Written[Role]:
    """Who: a facilitator, and nobody who stands in. Guard: a member (a sponsor may come from outside), no bot, without
    this role; of a facilitator no round on their recall is open. Effect: the role; of a sponsor once they accept it."""
    role = _give(actor, community, person, kind)
    return Written(role, RoleGranted(role=kind, person=person.pk, asks_first=role.accepted_at is None))


def is_held(role: Role) -> None:
    if role.ended_at:
        raise NotPossible(_("This role has ended already."))


def _is_ones_own_to_tend(actor: Person, role: Role) -> None:
    if role.kind == RoleKind.FACILITATOR and role.person_id != actor.pk:
        raise NotPossible(_("A facilitator hands the role over, or is recalled by a round."), way=Way.RECALL)
    if role.person_id != actor.pk:
        is_their_own(actor, role.community)


def _can_pass_on(actor: Person, role: Role, *, successor: Person) -> None:
    is_held(role)
    _is_ones_own_to_tend(actor, role)
    fits(actor, role.community, person=successor, kind=RoleKind(role.kind))
    if role.kind == RoleKind.FACILITATOR and recall_of(successor, role.community) == Recall.ACCEPTED:
        raise NotPossible(
            _("A round recalled %(name)s. Nobody hands them the role; a facilitator who stays may give it anew.")
            % {"name": successor.known_as}
        )


holder: Rule[Any, Role] = Rule("whoever holds the role", policy.active & names("person"))


def _role_and_successor(actor: Person, role: Role, *, successor: Person) -> Iterable[Any]:
    return role, successor


@act(
    "role.handed_over",
    who=policy.facilitator | holder,
    evidence=RoleHandedOver,
    guard=_can_pass_on,
    locks=_role_and_successor,
)
def hand_over_role(actor: Person, role: Role, *, successor: Person) -> Written[Role]:
    """Who: a facilitator, or whoever holds the role. Guard: it is held; a facilitator's only by themselves;
    whoever stands in passes on no other's; the successor fits, and was not recalled.
    Effect: one ends, one begins.
    """
    _end(role)
    row = _give(actor, role.community, successor, RoleKind(role.kind))
    return Written(row, RoleHandedOver(role=RoleKind(role.kind), person=role.person_id, successor=successor.pk))


def _may_end(actor: Person, role: Role) -> None:
    is_held(role)
    _is_ones_own_to_tend(actor, role)
    others = Role.objects.filter(community=role.community_id).tended(today()).exclude(pk=role.pk)
    if role.kind == RoleKind.FACILITATOR and not others.everywhere("a community is not left without one").exists():
        raise NotPossible(
            _("A community needs a facilitator who is here. Hand the role over instead."), way=Way.HAND_OVER
        )


@act(
    "role.ended",
    who=policy.facilitator | holder,
    evidence=RoleHeld,
    guard=_may_end,
    of=("proposal.decided",),
)
def end_role(actor: Person, role: Role) -> Written[Role]:
    """Who: a facilitator, or whoever holds the role. Guard: it is held; a facilitator's only by themselves,
    and not the last who is here; whoever stands in ends no other's.
    Effect: the role ends.
    """
    _end(role)
    return Written(role, RoleHeld(role=RoleKind(role.kind), person=role.person_id))


def _waits(actor: Person, role: Role) -> None:
    is_held(role)
    if role.accepted_at:
        raise NotPossible(_("You have accepted this role already."))
    if policy.stands_in(actor, role.community):
        raise NotPossible(_("You stand in for a facilitator, and no sponsor does. End that first, then accept."))


@act("role.accepted", who=holder, evidence=RoleHeld, guard=_waits)
def accept_role(actor: Person, role: Role) -> Written[Role]:
    """Who: whoever is asked to serve. Guard: it was offered, and is not taken back; they stand in for no facilitator.
    Effect: the role begins; to decline is to end it."""
    role.accepted_at = clock.now()
    role.save(update_fields=["accepted_at"])
    return Written(role, RoleHeld(role=RoleKind(role.kind), person=role.person_id))


def _give(actor: Person, community: Community, person: Person, kind: RoleKind) -> Role:
    asks_first = kind == RoleKind.SPONSOR and person.pk != actor.pk
    accepted_at = None if asks_first else clock.now()
    return Role.objects.create(community=community, person=person, kind=kind, granted_by=actor, accepted_at=accepted_at)


def _end(role: Role) -> None:
    role.ended_at = clock.now()
    role.save(update_fields=["ended_at"])
