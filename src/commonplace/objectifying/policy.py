"""Who may objectify: members write, propose and challenge; a facilitator with no part in it decides, no sponsor."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commonplace.communities.models import Membership, Role, RoleKind
from commonplace.communities.models.footing import on_footing
from commonplace.communities.policy import facilitator, is_in, is_member, member, no_bot
from commonplace.ledger.once import once
from commonplace.ledger.rules import Condition, Rule, among, names
from commonplace.objectifying.models import Challenge, Credit, Objection, Practice, Proposal, Version


def _credited(person: Any) -> QuerySet[Credit, str]:
    """The practices that this person is credited with as an author."""
    return (
        Credit.objects.authors()
        .filter(person=person.pk)
        .everywhere("who has a part")
        .values_list("practice", flat=True)
    )


def _objected(person: Any) -> QuerySet[Objection, str]:
    """The rounds in which an objection of this person stands."""
    return (
        Objection.objects.standing()
        .filter(raised_by=person.pk)
        .everywhere("who has a part")
        .values_list("proposal", flat=True)
    )


def _without_a_part(prefix: str) -> Condition[Any, Any]:
    """Neither wrote what is decided, nor opened the round (`prefix` leads to it), nor raised what it settles."""
    part = names(f"{prefix}version__author") | names(f"{prefix}opened_by") | names(f"{prefix}challenge__raised_by")
    return ~(part | among(f"{prefix}practice", _credited))


def parties(version: Version, opened_by: str, challenge: Challenge | None = None) -> set[str]:
    """Ids of those who do not decide: authors, who opened the round, who challenged."""
    authors = once(("authors", version.practice_id), lambda: _authors(version.practice_id))
    return {version.author_id, opened_by, *authors} | ({challenge.raised_by_id} if challenge else set())


def _authors(practice: str) -> set[str]:
    credited = Credit.objects.authors().filter(practice=practice).everywhere("who may not decide")
    return set(credited.values_list("person", flat=True))


def deciders(version: Version, opened_by: str, challenge: Challenge | None = None) -> QuerySet[Role]:
    """The facilitators who could decide a round on this version."""
    roles = Role.objects.filter(community=version.practice.community_id).everywhere("somebody must decide")
    sponsors = roles.filter(kind=RoleKind.SPONSOR).current().values("person")
    serving = roles.filter(kind=RoleKind.FACILITATOR).able().exclude(person__in=sponsors)
    return serving.exclude(person__in=parties(version, opened_by, challenge))


def _is_orphan(person: Any, practice: Practice) -> bool:
    steward = practice.steward
    return steward is None or steward.is_bot or not member.allows(steward, practice)


def _orphans(person: Any, model: type[Any]) -> Q:
    caring = Membership.objects.current().filter(community=OuterRef("community"), person=OuterRef("steward"))
    able = caring.filter(person__is_active=True, person__is_bot=False).everywhere("somebody must be able to care")
    return Q(~Exists(able))


neutral: Condition[Any, Any] = facilitator.condition & on_footing(lambda one: not one.serves_as(RoleKind.SPONSOR))
_facilitates = facilitator.condition
_decides = neutral & _without_a_part("")
_settles = (is_in & names("raised_by")) | (_facilitates & ~names("raised_by") & _without_a_part("proposal__"))
_moves = is_in & (names("opened_by") | _facilitates | among("pk", _objected))
_cares = is_in & (Condition(_is_orphan, _orphans) | names("steward") | _facilitates)

speaker: Rule[Any, Proposal] = Rule(
    "members of the community who do not sponsor it, and are no bot",
    is_in & no_bot & on_footing(lambda one: not one.serves_as(RoleKind.SPONSOR)),
)
decider: Rule[Any, Proposal] = Rule("a facilitator, no sponsor, who neither wrote nor opened what is decided", _decides)
settler: Rule[Any, Objection] = Rule(
    "who raised the objection, or a facilitator who neither wrote nor opened what is decided", _settles
)
mover: Rule[Any, Proposal] = Rule(
    "who opened the round, or who objects in it, or facilitators of the community", _moves
)
carer: Rule[Any, Practice] = Rule(
    "facilitators of the community, or the steward, or a member while it has none", _cares
)

__all__ = [
    "carer",
    "decider",
    "deciders",
    "facilitator",
    "is_member",
    "member",
    "mover",
    "neutral",
    "parties",
    "settler",
    "speaker",
]
