"""T7: an objection is understood before it is met: somebody says how they hear it, its raiser whether it is meant so.

Nothing in the rule depends on it.
"""

from typing import Any

from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting import policy
from commonplace.consenting.evidence import ObjectionRestated, ObjectionUnderstood
from commonplace.consenting.guards import must_have_words, must_stand
from commonplace.consenting.kinds import Ground
from commonplace.consenting.models import Objection
from commonplace.ledger import clock
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible


def _can_be_restated(actor: Person, objection: Objection, *, heard_as: str) -> None:
    must_stand(objection)
    _must_not_be_understood(objection)
    must_fit(Objection(heard_as=heard_as), "heard_as")
    must_have_words(heard_as, _("Say what harm you hear."), "heard_as")


def _any_words(actor: Person, objection: Objection) -> dict[str, str]:
    return {"heard_as": ANYTHING}


@act(
    "proposal.objection_restated",
    who=policy.hearer,
    evidence=ObjectionRestated,
    guard=_can_be_restated,
    supposing=_any_words,
)
def restate_objection(actor: Person, objection: Objection, *, heard_as: str) -> Written[Objection]:
    """Who: who opened the round, wrote its text or was asked, not its raiser. Guard: in time; it stands, and is not
    understood yet; words. Effect: its raiser is asked whether they mean that; it replaces what was said before."""
    objection.heard_as, objection.heard_by, objection.heard_at = heard_as, actor, clock.now()
    objection.save(update_fields=["heard_as", "heard_by", "heard_at"])
    return Written(objection, ObjectionRestated(person=objection.raised_by_id, **_of(objection)))


def _can_be_confirmed(actor: Person, objection: Objection, *, seen: str) -> None:
    must_stand(objection)
    if objection.heard_at is None:
        raise NotPossible(_("Nobody has said yet how they understand it."))
    _must_not_be_understood(objection)
    if seen.split() != objection.heard_as.split():
        raise NotPossible(_("Meanwhile somebody said it otherwise. Read it, then say whether you mean that."))


def _as_it_is_now(actor: Person, objection: Objection) -> dict[str, str]:
    return {"seen": objection.heard_as}


@act(
    "proposal.objection_understood",
    who=policy.raiser,
    evidence=ObjectionUnderstood,
    guard=_can_be_confirmed,
    supposing=_as_it_is_now,
)
def confirm_understood(actor: Person, objection: Objection, *, seen: str) -> Written[Objection]:
    """Who: who raised it, also for somebody unnamed. Guard: in time; it stands; somebody said how they understand it,
    in the words `seen`. Effect: it is understood so, for good, and in the next round too."""
    objection.understood_at = clock.now()
    objection.save(update_fields=["understood_at"])
    return Written(objection, ObjectionUnderstood(person=objection.heard_by_id or "", **_of(objection)))


def _must_not_be_understood(objection: Objection) -> None:
    if objection.understood_at is not None:
        raise NotPossible(_("It is understood already: its raiser has said so."))


def _of(objection: Objection) -> dict[str, Any]:
    ground = Ground(objection.ground)
    return {"number": objection.proposal.number, "ground": ground, "for_another": objection.for_another}
