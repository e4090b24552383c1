"""Saying that one is away, and who stands in meanwhile: the desk goes to them, and says so."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.acts.roles import holder, is_held
from commonplace.communities.barring import Recall, recall_of
from commonplace.communities.covering import people_for
from commonplace.communities.evidence import AwaySet, RoleHeld
from commonplace.communities.models import Community, Person, Role, RoleKind
from commonplace.communities.ways import Way
from commonplace.communities.zones import today
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.recording import Also
from commonplace.ledger.registry import consequence
from commonplace.ledger.rules import Rule, names

LONGEST_DAYS = 180
WHY = "a community is not left without one"
_stand_in: Rule[Any, Role] = Rule("whoever stands in", policy.active & names("stand_in"))


def _can_be_away(actor: Person, role: Role, *, until: date | None, stand_in: Person | None = None) -> None:
    is_held(role)
    if role.accepted_at is None or role.kind == RoleKind.STEWARD:
        raise NotPossible(_("Who facilitates or sponsors says that they are away."))
    if actor.pk != role.person_id:
        _only_stands_down(role, until, stand_in)
    elif until is None:
        _was_away(role, stand_in)
    else:
        _is_ahead(until)
        _is_covered(role, stand_in)


def _only_stands_down(role: Role, until: date | None, stand_in: Person | None) -> None:
    if until != role.away_until or stand_in is not None:
        raise NotPossible(_("You can end your standing in. The rest is for whoever is away to say."))


def _was_away(role: Role, stand_in: Person | None) -> None:
    if role.away_until is None:
        raise NotPossible(_("You have not said that you are away."))
    if stand_in is not None:
        raise NotPossible(_("Say until when you are away."), about="until")


def _is_ahead(until: date) -> None:
    if until <= today():
        raise NotPossible(_("That day has come already. Choose one that lies ahead."), about="until")
    if until > today() + timedelta(days=LONGEST_DAYS):
        raise NotPossible(
            _("Nobody is away longer than %(n)s days. Hand the role over instead.") % {"n": LONGEST_DAYS},
            about="until", way=Way.HAND_OVER,
        )  # fmt: skip


def _is_covered(role: Role, stand_in: Person | None) -> None:
    if stand_in is not None:
        _can_stand_in(role, stand_in)
    elif role.kind == RoleKind.FACILITATOR and not _others(role).everywhere(WHY).exists():
        raise NotPossible(
            _("Nobody else who facilitates is here. Name who stands in for you, or hand the role over."),
            about="stand_in", way=Way.HAND_OVER,
        )  # fmt: skip


def _others(role: Role) -> Any:
    return Role.objects.filter(community=role.community_id).tended(today(), but_for=role.person_id)


def _can_stand_in(role: Role, person: Person) -> None:
    named = {"name": person.known_as}
    if role.kind == RoleKind.SPONSOR:
        raise NotPossible(_("A sponsor has said yes to the role: nobody stands in for them."), about="stand_in")
    if person.pk == role.person_id:
        raise NotPossible(_("You are away: somebody else stands in."), about="stand_in")
    if person.is_unclaimed or not person.is_active:
        raise NotPossible(_("%(name)s cannot come in, so cannot stand in.") % named, about="stand_in")
    if person.is_bot:
        raise NotPossible(_("%(name)s is a bot, so cannot stand in.") % named, about="stand_in")
    _stands_in_here(role, person)


def _stands_in_here(role: Role, person: Person) -> None:
    community, named = role.community, {"name": person.known_as}
    if not policy.is_member(person, community):
        raise NotPossible(_("%(name)s is not a member, so cannot stand in.") % named, about="stand_in")
    if policy.serves(person, community, RoleKind.SPONSOR):
        raise NotPossible(_("%(name)s sponsors the community, so cannot stand in.") % named, about="stand_in")
    if community.roles.filter(person=person).away(today()).exists():
        raise NotPossible(_("%(name)s is away, too.") % named, about="stand_in")
    if recall_of(person, community) != Recall.NONE:
        raise NotPossible(
            _("A round on the recall of %(name)s is open, or was accepted: somebody else stands in.") % named,
            about="stand_in",
        )


def _role_and_stand_in(
    actor: Person, role: Role, *, until: date | None, stand_in: Person | None = None
) -> Iterable[Any]:
    """Who stands in does not become a bot meanwhile."""
    return (role, stand_in) if stand_in else (role,)


def _at_best(actor: Person, role: Role) -> dict[str, Any]:
    """At best somebody can stand in."""
    if actor.pk != role.person_id:
        return {"until": role.away_until, "stand_in": None}
    return {"until": today() + timedelta(days=7), "stand_in": next(iter(people_for(role)), None)}


@act(
    "role.away_set",
    who=holder | _stand_in,
    evidence=AwaySet,
    guard=_can_be_away,
    locks=_role_and_stand_in,
    supposing=_at_best,
)
def set_away(actor: Person, role: Role, *, until: date | None, stand_in: Person | None = None) -> Written[Role]:
    """Who: a facilitator or sponsor, of their own role; whoever stands in ends that. Guard: a day ahead, in 180 days at
    the latest; who stands in for a facilitator is a member with a way in, no bot, no sponsor, not away, not recalled;
    the only facilitator who is here names somebody. Effect: to the end of that day whoever stands in tends the
    community, but gives no role and has no facilitator's part in rounds; None: they are back.
    """
    role.away_until, role.stand_in = until, stand_in if until else None
    role.save(update_fields=["away_until", "stand_in"])
    successor = stand_in.pk if until and stand_in else ""
    day = until.isoformat() if until else None
    return Written(role, AwaySet(role=RoleKind(role.kind), person=role.person_id, successor=successor, until=day))


consequence(
    "role.covered_no_more",
    of=("proposal.decided",),
    evidence=RoleHeld,
    effect="Who: nobody alone. Guard: a round recalled whoever stood in. Effect: nobody stands in for who is away.",
)


def covered_no_more(community: Community, person: Person | str) -> list[Also]:
    """Of whoever is away and had this person stand in."""
    roles = Role.objects.filter(community=community, stand_in=person).away(today())
    return [_without_them(role) for role in roles.everywhere(WHY)]


def _without_them(role: Role) -> Also:
    role.stand_in = None
    role.save(update_fields=["stand_in"])
    return Also("role.covered_no_more", role, RoleHeld(role=RoleKind(role.kind), person=role.person_id))
