"""T17: what was never agreed on is set aside, or replaced by another that says the same; the rest takes a round."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commonplace.communities.models import Person
from commonplace.communities.wording import must_fit
from commonplace.consenting.guards import must_have_words
from commonplace.ledger.act import ANYTHING, Written, act
from commonplace.ledger.errors import NotPossible
from commonplace.ledger.registry import consequence
from commonplace.objectifying import policy
from commonplace.objectifying.evidence import PutAwayBy
from commonplace.objectifying.models import Practice, PutAway
from commonplace.objectifying.moves import DUPLICATE, IN_ROUND
from commonplace.objectifying.possible import must_be_possible
from commonplace.objectifying.reports import reports_on
from commonplace.objectifying.status import PUT_AWAY, Gone, Status

consequence(
    "practice.retired",
    of=("proposal.decided",),
    evidence=PutAwayBy,
    effect="Who: nobody alone. Guard: a round on it is decided and accepted. "
    "Effect: it no longer holds; it stays readable, and can be reported on.",
)


def _can_be_set_aside(actor: Person, practice: Practice, *, reason: str) -> None:
    must_be_possible("practice.set_aside", practice)
    _must_be_in_no_round(practice)
    must_be_brought_by_mistake(actor, practice)
    must_fit(PutAway(reason=reason), "reason")
    must_have_words(reason, _("Say why, for those who look for it later."))


def _any_reason(actor: Person, practice: Practice) -> dict[str, Any]:
    return {"reason": ANYTHING}


@act(
    "practice.set_aside",
    who=policy.pursuer,
    evidence=PutAwayBy,
    guard=_can_be_set_aside,
    supposing=_any_reason,
)
def set_aside(actor: Person, practice: Practice, *, reason: str) -> Written[PutAway]:
    """Who: its author, its steward, a facilitator. Guard: never agreed on, no round on it; a reason; what was
    brought in, by who brought it in or a facilitator, while nobody else has taken it up.
    Effect: it is found among what was set aside; a new version takes it up again."""
    row = PutAway.objects.create(practice=practice, how=Status.SET_ASIDE, by=actor, reason=reason)
    return Written(row, PutAwayBy(why=Gone.NOT_PURSUED, replacement="", proposal=""))


def _can_be_replaced(actor: Person, practice: Practice, *, replacement: Practice, reason: str) -> None:
    must_be_possible("practice.replaced", practice, DUPLICATE)
    _must_be_in_no_round(practice)
    must_be_brought_by_mistake(actor, practice)
    must_fit(PutAway(reason=reason), "reason")
    must_have_words(reason, _("Say why, for those who look for it later."))
    must_stand_in(practice, replacement)


def others_than(practice: Practice) -> QuerySet[Practice]:
    """Of its community, what could stand in for it."""
    here = Practice.objects.filter(community=practice.community_id).exclude(pk=practice.pk)
    return here.exclude(course__status__in=PUT_AWAY).everywhere("what could stand in")


def _any_other(actor: Person, practice: Practice) -> dict[str, Any]:
    return {"reason": ANYTHING, "replacement": others_than(practice).first() or practice}


def _both(actor: Person, practice: Practice, *, replacement: Practice, reason: str) -> Iterable[Practice]:
    return practice, replacement


@act(
    "practice.replaced",
    who=policy.pursuer,
    evidence=PutAwayBy,
    guard=_can_be_replaced,
    locks=_both,
    supposing=_any_other,
    of=("proposal.decided",),
)
def replace_practice(actor: Person, practice: Practice, *, replacement: Practice, reason: str) -> Written[PutAway]:
    """Who: its author, its steward, a facilitator; of what was agreed on, a round. Guard: no round on it; a reason;
    another practice here that goes on. Effect: its page leads to the other; a new version takes it up again."""
    row = PutAway.objects.create(
        practice=practice, how=Status.REPLACED, replacement=replacement, by=actor, reason=reason
    )
    return Written(row, PutAwayBy(why=Gone.DUPLICATE, replacement=replacement.pk, proposal=""))


def _must_be_in_no_round(practice: Practice) -> None:
    """On its end, too, which is proposed of what was brought in."""
    if practice.course.rounds:
        raise NotPossible(_(IN_ROUND))


def must_be_brought_by_mistake(actor: Person, practice: Practice) -> None:
    """What is in force ends by a round, but for what one person brought in and nobody else has taken up."""
    if not practice.course.brought or practice.status == Status.SET_ASIDE:
        return
    tends = policy.facilitator.allows(actor, practice)
    if practice.bringing.by_id != actor.pk and not tends:
        raise NotPossible(_("Somebody else brought it in: its end is put to consent."))
    if practice.bringing.backings.exists() or reports_on(practice).exists() or practice.challenges.exists():
        raise NotPossible(_("Others have used it, doubted it, or say that it is in use: its end is put to consent."))


def must_stand_in(practice: Practice, replacement: Practice) -> None:
    """Another practice of the same community, which is not gone itself."""
    if replacement.pk == practice.pk or replacement.community_id != practice.community_id:
        raise NotPossible(_("Choose another practice of this community."), "replacement")
    if replacement.status in PUT_AWAY:
        raise NotPossible(_("“%(title)s” does not go on itself.") % {"title": replacement.title}, "replacement")
