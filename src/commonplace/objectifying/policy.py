"""Who may objectify: members write and challenge; who cares for a practice names its steward."""

from typing import Any

from django.db.models import Q, QuerySet

from commonplace.communities.models import RoleKind
from commonplace.communities.models.footing import on_footing
from commonplace.communities.policy import facilitator, is_in, is_member, member, no_bot
from commonplace.consenting.policy import speaker
from commonplace.ledger.nobody import by_the_worker
from commonplace.ledger.rules import Condition, Rule, among, names
from commonplace.objectifying.models import Credit, Practice, Version
from commonplace.objectifying.models.practice import orphaned
from commonplace.objectifying.moves import RULE


def _is_orphan(person: Any, practice: Practice) -> bool:
    steward = practice.steward
    return steward is None or steward.is_bot or not member.allows(steward, practice)


def _orphans(person: Any, model: type[Any]) -> Q:
    return orphaned()


_cares = is_in & (Condition(_is_orphan, _orphans) | names("steward") | facilitator.condition)

carer: Rule[Any, Practice] = Rule(
    "facilitators of the community, or the steward, or a member while it has none", _cares
)


def _wrote(person: Any) -> QuerySet[Version, str]:
    mine = Version.objects.filter(author=person.pk).everywhere("who wrote it")
    return mine.values_list("practice", flat=True)


def _credited(person: Any) -> QuerySet[Credit, str]:
    mine = Credit.objects.filter(person=person.pk).authors().everywhere("who is credited as an author")
    return mine.values_list("practice", flat=True)


pursuer: Rule[Any, Practice] = Rule(
    "who wrote it, its steward, or facilitators of the community",
    is_in & (among("pk", _wrote) | among("pk", _credited) | names("steward") | facilitator.condition),
)
by_rule: Rule[Any, Any] = Rule(RULE, by_the_worker)
by_time: Rule[Any, Any] = Rule("the rule itself, in time", by_the_worker)
writer: Rule[Any, Any] = Rule("who wrote the version", is_in & names("version__author"))
raiser: Rule[Any, Any] = Rule("who raised the challenge", is_in & names("raised_by"))
reviewer: Rule[Any, Any] = Rule(
    "members of the community, no bots, no sponsors",
    is_in & no_bot & on_footing(lambda one: not one.serves_as(RoleKind.SPONSOR)),
)

__all__ = [
    "by_rule",
    "by_time",
    "carer",
    "facilitator",
    "is_member",
    "member",
    "pursuer",
    "raiser",
    "reviewer",
    "speaker",
    "writer",
]
