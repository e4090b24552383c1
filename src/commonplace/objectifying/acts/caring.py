"""Looking after a practice: its steward, and the words of those who would rather not be quoted."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities import policy as social
from commonplace.communities.models import Person, RoleKind
from commonplace.files.holding import hold
from commonplace.ledger import clock
from commonplace.ledger.act import Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import StewardSet, WordsRefused
from commonplace.objectifying.models import Excerpt, Practice
from commonplace.objectifying.possible import must_be_possible


def _can_still_be_refused(actor: Person, excerpt: Excerpt) -> None:
    if excerpt.refused_at:
        raise NotPossible(_("You have refused these words already."))
    if not excerpt.is_refusable:
        raise NotPossible(_("The days in which words could be refused are over. Write a new version instead."))


@act("practice.words_refused", who=social.whose_it_is, evidence=WordsRefused, guard=_can_still_be_refused)
def refuse_words(actor: Person, excerpt: Excerpt) -> Written[Excerpt]:
    """Who: whose words they are. Guard: within the charter's days.
    Effect: the words, and their pictures, are gone from the practice, which stays."""
    before = excerpt.body
    excerpt.body, excerpt.refused_at = "", clock.now()
    excerpt.save()
    hold(excerpt, excerpt.community, actor, [], was=[before])
    return Written(excerpt, WordsRefused(response=excerpt.response_id))


def _can_be_cared_for(actor: Person, practice: Practice, *, steward: Person | None) -> None:
    must_be_possible("practice.steward_set", practice)
    if steward and not social.member.allows(steward, practice):
        raise NotPossible(_("%(name)s is not a member.") % {"name": steward.known_as})
    if steward and steward.is_bot:
        raise NotPossible(_("%(name)s is a bot, so cannot look after it.") % {"name": steward.known_as})
    if steward == practice.steward:
        raise NotPossible(_("So it is already."))
    own = steward is None or steward.pk == actor.pk or practice.steward_id == actor.pk
    if not own and not social.serves(actor, practice.community, RoleKind.FACILITATOR):
        raise NotPossible(_("You can take it on yourself; only a facilitator names somebody else."))


def _a_change(actor: Person, practice: Practice) -> dict[str, Person | None]:
    return {"steward": None if practice.steward_id else actor}


def _practice_and_community(actor: Person, practice: Practice, *, steward: Person | None) -> Iterable[Any]:
    """Who is to care neither leaves nor becomes a bot meanwhile."""
    return practice, practice.community, steward


@act(
    "practice.steward_set",
    who=policy.carer,
    evidence=StewardSet,
    guard=_can_be_cared_for,
    locks=_practice_and_community,
    supposing=_a_change,
)
def set_steward(actor: Person, practice: Practice, *, steward: Person | None) -> Written[Practice]:
    """Who: a facilitator, the steward, or a member while no member is its steward. Guard: a member; not so already.
    Effect: who cares for it, or nobody."""
    practice.steward = steward
    practice.save(update_fields=["steward"])
    return Written(practice, StewardSet(person=steward.pk if steward else ""))
