"""Accounts of programs: they may write, and are counted nowhere."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import BotSet
from commonplace.communities.models import Person, Role
from commonplace.communities.zones import today
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible

WHY = "a bot holds no role"


def _changes(actor: Person, person: Person, *, bot: bool) -> None:
    if person.is_operator:
        raise NotPossible(_("An operator is a person."))
    if person.is_bot == bot:
        raise NotPossible(_("It is said so already."))
    if bot and (held := _held(person)):
        raise NotPossible(_("Hand over or end their role first: %(roles)s.") % {"roles": held})


def _held(person: Person) -> str:
    """The roles of this person, and those they stand in for, each with its community."""
    theirs = Role.objects.filter(Q(person=person) | Q(stand_in=person, pk__in=_covered())).current()
    roles = theirs.everywhere(WHY).select_related("community")
    each = ({"role": one.get_kind_display().lower(), "community": one.community.title} for one in roles)
    return ", ".join(sorted(_("%(role)s of %(community)s") % words for words in each))


def _covered() -> Any:
    return Role.objects.covered(today()).everywhere(WHY).values("pk")


@act("person.bot_set", who=policy.operator, evidence=BotSet, guard=_changes, brought_by=policy.archivist)
def set_bot(actor: Person, person: Person, *, bot: bool) -> Written[Person]:
    """Who: the operator. Guard: no operator's account; it holds no role; it is not so yet.
    Effect: what a bot does is in no figure, its stances in open rounds do not count; or it is a person again.
    """
    person.is_bot = bot
    person.save(update_fields=["is_bot"])
    return Written(person, BotSet(bot=bot))
