"""Accounts of programs: they may write, and are counted nowhere."""

from django.utils.translation import gettext as _

from commonplace.communities import policy
from commonplace.communities.evidence import BotSet
from commonplace.communities.models import Person
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible


def _changes(actor: Person, person: Person, *, bot: bool) -> None:
    if person.is_operator:
        raise NotPossible(_("An operator is a person."))
    if person.is_bot == bot:
        raise NotPossible(_("It is said so already."))


@act("person.bot_set", who=policy.operator, evidence=BotSet, guard=_changes, brought_by=policy.archivist)
def set_bot(actor: Person, person: Person, *, bot: bool) -> Written[Person]:
    """Who: the operator. Guard: no operator's account; it is not so yet.
    Effect: what a bot does is in no figure, it takes no stance and is not eligible in rounds; or is a person again.
    """
    person.is_bot = bot
    person.save(update_fields=["is_bot"])
    return Written(person, BotSet(bot=bot))
